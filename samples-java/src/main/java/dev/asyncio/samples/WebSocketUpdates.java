package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.QueueShutDownException;
import dev.asyncio.queues.Queue;
import dev.asyncio.samples.cli.Options;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;

/**
 * Reads what a web socket keeps sending, message by message. {@code --port N} is where a {@link HelloServer} listens.
 */
public final class WebSocketUpdates {
    private WebSocketUpdates() {}

    public static void main(String[] args) {
        URI server = URI.create("ws://127.0.0.1:" + Options.port(args, 8080));
        Asyncio.run(() -> await(messages(server.resolve("/updates")).take(5).forEach(System.out::println)));
    }

    // @start region="web-socket"
    /** The text messages of a web socket opened by the first {@code advance}; it sends no faster than we read. */
    static AsyncIterator<String> messages(URI uri) {
        return AsyncIterators.generate(emitter -> {
            Messages messages = new Messages(getRunningLoop());
            WebSocket socket =
                    await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, messages));
            try {
                while (true) {
                    emitter.emit(await(messages.queue.get()));
                    socket.request(1);
                }
            } catch (QueueShutDownException e) {
                if (messages.error != null) {
                    throw messages.error;
                }
            } finally {
                await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
        });
    }

    /** Called on threads of the client: brings everything to the loop. */
    private static final class Messages implements WebSocket.Listener {
        final Queue<String> queue = new Queue<>();
        Exception error;

        private final EventLoop loop;
        private final StringBuilder message = new StringBuilder();

        Messages(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                String text = message.toString();
                message.setLength(0);
                loop.callSoonThreadsafe(() -> queue.putNowait(text));
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            loop.callSoonThreadsafe(() -> queue.shutdown(false));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable cause) {
            loop.callSoonThreadsafe(() -> {
                error = new Exception("the connection is lost", cause);
                queue.shutdown(false);
            });
        }
    }
    // @end
}
