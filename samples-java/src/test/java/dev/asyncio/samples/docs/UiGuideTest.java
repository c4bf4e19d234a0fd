package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.attachEventLoop;
import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

/** The guide's Java examples of loops on a UI's thread, run on Swing's, which needs no screen. */
class UiGuideTest {
    private final CompletableFuture<String> shown = new CompletableFuture<>();
    private final JLabel label = new JLabel();

    private static String fetch(String page) {
        await(sleep(Duration.ofMillis(1)));
        return "<" + page + ">";
    }

    // @start region="on-click"
    void onClick() {
        label.setText("loading");
        gather(() -> fetch("news"), () -> fetch("sports"))
                .addDoneCallback(pages -> label.setText(String.join(" ", pages.result())));
    }
    // @end

    @Test
    void aHandlerStartsTwoThingsAndShowsBoth() throws Exception {
        label.addPropertyChangeListener("text", event -> {
            if (!event.getNewValue().equals("loading")) {
                shown.complete(event.getNewValue() + ", on the UI's thread: " + SwingUtilities.isEventDispatchThread());
            }
        });
        EventLoop[] attached = new EventLoop[1];
        SwingUtilities.invokeAndWait(() -> {
            // @start region="attach"
            EventLoop loop = attachEventLoop(SwingUtilities::invokeLater); // Platform::runLater, handler::post
            // @end
            attached[0] = loop;
            onClick();
        });
        assertEquals("<news> <sports>, on the UI's thread: true", shown.get(2, TimeUnit.MINUTES));
        SwingUtilities.invokeAndWait(attached[0]::close);
    }
}
