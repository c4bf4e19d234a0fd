package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.currentTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.vertx.VertxFutures.awaitable;

import dev.asyncio.AsyncConsumer;
import dev.asyncio.AsyncFunction;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.sync.Event;
import dev.asyncio.vertx.VertxStreams;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * aiohttp's server with Vert.x, whose own thread does the I/O: each request is a task of our loop, and is cancelled
 * when its client goes away. {@code --port N} is where; 0 for any port. SIGTERM and Ctrl-C let requests end first.
 */
public final class HelloServer {
    private final EventLoop loop = getRunningLoop();

    private HelloServer() {}

    public static void main(String[] args) {
        int port = Options.port(args, 8080);
        try {
            Asyncio.run(() -> new HelloServer().serve(port));
        } catch (KeyboardInterrupt e) {
            System.out.println("interrupted");
        }
    }

    // @start region="hello-server"
    private void serve(int port) {
        Event stop = new Event();
        loop.addSignalHandler("TERM", stop::set);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Router router = Router.router(vertx);
        router.get("/").respond(onLoop(request -> text(request, "Hello, Anonymous")));
        router.getWithRegex("/count/(?<to>\\d{1,9})").respond(onLoop(HelloServer::count));
        router.get("/echo").handler(webSocket(HelloServer::echo));
        router.get("/updates").handler(webSocket(HelloServer::update));
        router.post("/greeting").handler(BodyHandler.create(false)).respond(onLoop(HelloServer::greet));
        router.get("/:name").respond(onLoop(request -> text(request, "Hello, " + request.pathParam("name"))));
        router.route().failureHandler(HelloServer::report);
        try {
            HttpServer server = await(
                    awaitable(vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1")));
            System.out.println("listening on 127.0.0.1:" + server.actualPort());
            try {
                await(stop.waitUntilSet());
            } finally {
                await(awaitable(server.shutdown(10, TimeUnit.SECONDS))); // takes no more requests, and waits
            }
        } finally {
            await(awaitable(vertx.close()));
        }
        System.out.println("stopped");
    }

    private static String text(RoutingContext request, String text) {
        request.response().putHeader("Content-Type", "text/plain; charset=utf-8");
        return text;
    }

    private static void report(RoutingContext request) {
        if (!request.response().closed()) { // else nobody is there any more who wants to know
            request.next();
        }
    }

    private static JsonObject greet(RoutingContext request) {
        String name = request.body().asJsonObject().getString("name");
        return new JsonObject()
                .put("greeting", "Hello, " + name)
                .put("task", currentTask().getName());
    }

    private static Void count(RoutingContext request) {
        HttpServerResponse response = request.response().setChunked(true);
        try {
            for (int i = 1; i <= Integer.parseInt(request.pathParam("to")); i++) {
                await(awaitable(response.write(i + "\n")));
                await(sleep(Duration.ofMillis(100)));
            }
        } catch (CancelledError e) {
            System.out.println("count: the client went away");
            throw e;
        }
        return null;
    }

    private static void echo(ServerWebSocket socket) {
        await(VertxStreams.iterate(socket)
                .forEach(message -> await(awaitable(socket.writeTextMessage(message.toString())))));
    }

    private static void update(ServerWebSocket socket) {
        for (int i = 1; ; i++) {
            await(awaitable(socket.writeTextMessage("update " + i)));
            await(sleep(Duration.ofMillis(100)));
        }
    }
    // @end

    // @start region="on-loop"
    /** What Vert.x calls for a request: runs the handler as a task, and answers with its result. */
    private <T> Function<RoutingContext, Future<T>> onLoop(AsyncFunction<RoutingContext, T> handler) {
        return request -> {
            CompletableFuture<T> task = runCoroutineThreadsafe(() -> handler.apply(request), loop);
            request.response().closeHandler(closed -> task.cancel(false));
            return Future.fromCompletionStage(task, request.vertx().getOrCreateContext());
        };
    }

    /** The same for a web socket, which is closed when the handler ends. */
    private Handler<RoutingContext> webSocket(AsyncConsumer<ServerWebSocket> handler) {
        return request -> request.request().toWebSocket().onSuccess(socket -> {
            socket.pause(); // until the task listens
            CompletableFuture<Void> task = runCoroutineThreadsafe(() -> handler.accept(socket), loop);
            socket.closeHandler(closed -> task.cancel(false));
            task.whenComplete((result, error) -> socket.close());
        });
    }
    // @end
}
