package dev.asyncio.samples.servers;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What a program prints. */
public final class Printed {
    /** The main method of a sample. */
    public interface Main {
        void main(String[] args) throws Exception;
    }

    private Printed() {}

    /** The lines that a sample prints when it is given the address of a server. */
    public static List<String> by(Main sample, TestServer server) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            sample.main(new String[] {server.address()});
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }
}
