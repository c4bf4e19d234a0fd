package dev.asyncio.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that talk to each other, each in a process of its own. */
class SocketSamplesTest {
    @Test
    void theEchoClientHearsTheEchoServer() throws Exception {
        try (Running server = new Running("EchoServer", "--port", "0");
                Running client = new Running("EchoClient", "--port", Integer.toString(server.port()))) {
            assertEquals("send: Hello World!\nreceived: Hello World!\nclosed the connection", client.printed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoServer", "ChatServer"})
    void ctrlCEndsAServerAndItsConnections(String sample) throws Exception {
        try (Running server = new Running(sample, "--port", "0");
                Guest guest = new Guest(server.port())) {
            guest.says("Ann");
            guest.hears();
            server.signal("INT");
            assertEquals("stopped", server.printed());
            assertEquals(0, server.status());
        }
    }

    @Test
    void optionsThatMakeNoSenseEndASample() throws Exception {
        for (String[] sample : new String[][] {
            {"EchoServer", "--port"},
            {"EchoServer", "--port=many"},
            {"ChatServer", "--house", "7"},
            {"PortScanner", "--at-a-time", "0"},
            {"Tail"},
            {"PoolMember"}
        }) {
            String[] arguments = Arrays.copyOfRange(sample, 1, sample.length);
            try (Running running = new Running(sample[0], arguments)) {
                assertEquals(2, running.status(), Arrays.toString(sample));
            }
        }
    }

    @Test
    void guestsOfTheChatServerHearEachOther() throws Exception {
        try (Running server = new Running("ChatServer", "--port", "0")) {
            int port = server.port();
            try (Guest ann = new Guest(port);
                    Guest bob = new Guest(port)) {
                assertEquals("Your name?", ann.hears());
                ann.says("Ann");
                assertEquals("Ann is here, which makes 1", ann.hears());
                assertEquals("Your name?", bob.hears());
                bob.says("Bob");
                assertEquals("Bob is here, which makes 2", bob.hears());
                assertEquals("Bob is here, which makes 2", ann.hears());
                ann.says("hello");
                assertEquals("Ann: hello", bob.hears());
                assertEquals("Ann: hello", ann.hears());
                bob.close();
                assertEquals("Bob has left", ann.hears());
                try (Guest impostor = new Guest(port)) {
                    assertEquals("Your name?", impostor.hears());
                    impostor.says("Ann");
                    assertEquals("Sorry, that name is taken.", impostor.hears());
                }
            }
        }
    }

    @Test
    void aGuestWhoseLineIsTooLongHasLeft() throws Exception {
        try (Running server = new Running("ChatServer", "--port", "0")) {
            int port = server.port();
            try (Guest ann = new Guest(port);
                    Guest bob = new Guest(port)) {
                assertEquals("Your name?", ann.hears());
                ann.says("Ann");
                assertEquals("Ann is here, which makes 1", ann.hears());
                bob.says("Bob");
                assertEquals("Bob is here, which makes 2", ann.hears());
                bob.says("a".repeat(100_000));
                assertEquals("Bob has left", ann.hears());
                ann.says("who was that?");
                assertEquals("Ann: who was that?", ann.hears());
            }
        }
    }

    @Test
    void anUnknownHostIsAnErrorOfThePortScanner() throws Exception {
        try (Running scanner = new Running("PortScanner", "--host", "nowhere.invalid", "--to", "3")) {
            assertEquals("", scanner.printed());
            assertEquals(1, scanner.status());
        }
    }

    @Test
    void thePortScannerFindsAServer() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            int port = server.getLocalPort();
            int last = Math.min(port + 150, 65_535);
            String[] range = {"--from", Integer.toString(last - 200), "--to", Integer.toString(last)};
            try (Running scanner = new Running("PortScanner", range)) {
                String[] lines = scanner.printed().split("\n");
                assertTrue(lines[0].startsWith("tried 100 of 201 ports, "), lines[0]);
                assertTrue(lines[1].startsWith("tried 200 of 201 ports, "), lines[1]);
                assertTrue(lines[2].startsWith("open ports of 127.0.0.1: ["), lines[2]);
                String open = lines[2].substring(lines[2].indexOf('[') + 1, lines[2].length() - 1);
                assertTrue(List.of(open.split(", ")).contains(Integer.toString(port)), lines[2]);
            }
        }
    }

    @Test
    void tailFollowsAFile(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("log.txt"), "one\ntwo\n");
        try (Running tail = new Running("Tail", log.toString())) {
            assertEquals("one", tail.nextLine());
            assertEquals("two", tail.nextLine());
            Files.writeString(log, "three\n", StandardOpenOption.APPEND);
            assertEquals("three", tail.nextLine());
            Files.writeString(log, "");
            assertEquals("-- truncated --", tail.nextLine());
            Files.writeString(log, "four\n", StandardOpenOption.APPEND);
            assertEquals("four", tail.nextLine());
        }
    }

    @Test
    void tailPrintsACharacterThatIsWrittenInTwoPieces(@TempDir Path folder) throws Exception {
        Path log = Files.write(folder.resolve("log.txt"), new byte[] {'a', '\n', (byte) 0xC3});
        try (Running tail = new Running("Tail", log.toString())) {
            assertEquals("a", tail.nextLine());
            Files.write(log, new byte[] {(byte) 0xBC, '\n'}, StandardOpenOption.APPEND);
            assertEquals("\u00FC", tail.nextLine());
        }
    }

    private static final class Guest implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader input;

        Guest(int port) throws IOException {
            socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
            socket.setSoTimeout(60_000);
            input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String hears() throws IOException {
            return input.readLine();
        }

        void says(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
