package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a server on a Unix-domain socket. */
class UnixServerTest {
    private static final ConnectionHandler UNTIL_EOF = (reader, writer) -> {
        await(reader.read());
        writer.close();
    };

    @Test
    void aUnixSocketReplacesAStaleOneAndRemovesItself(@TempDir Path folder) {
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        Runs.real(() -> {
            Path path = folder.resolve("socket");
            Server stale =
                    await(Streams.startUnixServer(UNTIL_EOF, path, ServerOptions.DEFAULT.withCleanupSocket(false)));
            stale.close();
            assertTrue(Files.exists(path));
            Server server = await(Streams.startUnixServer(UNTIL_EOF, path));
            assertThrows(IllegalStateException.class, server::port);
            try (StreamConnection connection = await(Streams.openUnixConnection(path))) {
                connection.writer().write("x");
            }
            server.close();
            await(server.waitClosed());
            assertTrue(Files.notExists(path));

            IOException gone = assertThrows(IOException.class, () -> await(Streams.openUnixConnection(path)));
            assertTrue(gone.getMessage().startsWith("cannot connect to " + path), gone::getMessage);

            Files.writeString(path, "no socket");
            BindException inUse =
                    assertThrows(BindException.class, () -> await(Streams.startUnixServer(UNTIL_EOF, path)));
            assertEquals("Address '" + path + "' is already in use", inUse.getMessage());
        });
    }

    @Test
    void aSocketFileThatSomebodyElseHasMadeMeanwhileStays(@TempDir Path folder) {
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        Runs.real(() -> {
            Path path = folder.resolve("socket");
            Server server = await(Streams.startUnixServer(UNTIL_EOF, path));
            Files.delete(path);
            Path other = Files.writeString(folder.resolve("other"), "somebody else's");
            Files.move(other, path);
            server.close();
            assertTrue(Files.exists(path));
        });
    }

    @Test
    void aSocketFileThatCannotBeRemovedIsReportedOnly(@TempDir Path folder) {
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        assumeFalse("root".equals(System.getProperty("user.name")), "root may remove every file");
        Runs.real(() -> {
            Path path = folder.resolve("socket");
            Server server = await(Streams.startUnixServer(UNTIL_EOF, path));
            Task<Void> serving = createTask(() -> await(server.serveForever()));
            await(sleep(Duration.ZERO));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
            try {
                server.close();
                await(server.waitClosed());
                assertThrows(CancelledError.class, () -> await(serving));
                assertTrue(Files.exists(path));
                AsyncioLog.expect("Unable to clean up listening UNIX socket '" + path + "'");
            } finally {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        });
    }
}
