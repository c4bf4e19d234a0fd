package dev.asyncio.samples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@link HelloServer} without the loop, for the benchmarks: what is left is Vert.x. */
public final class BareHelloServer {
    private BareHelloServer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Router router = Router.router(vertx);
        router.get("/").respond(request -> text(request, "Hello, Anonymous"));
        router.get("/:name").respond(request -> text(request, "Hello, " + request.pathParam("name")));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("listening on 127.0.0.1:" + server.actualPort()));
    }

    private static Future<String> text(RoutingContext request, String text) {
        request.response().putHeader("Content-Type", "text/plain; charset=utf-8");
        return Future.succeededFuture(text);
    }
}
