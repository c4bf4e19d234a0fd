package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Programs with their arguments. */
@NotOnAndroid
final class Commands {
    private Commands() {}

    static List<String> of(String... args) {
        if (args.length == 0 || args[0].isEmpty()) {
            throw new IllegalArgumentException("the name of a program is wanted");
        }
        List<String> command = new ArrayList<>();
        for (String arg : args) {
            command.add(checkText(Objects.requireNonNull(arg, "argument")));
        }
        return command;
    }

    /** What runs a line of the shell's language, as Python does. */
    static List<String> ofShell(String command) {
        checkText(Objects.requireNonNull(command, "command"));
        if (System.getProperty("os.name").startsWith("Windows")) {
            String shell = System.getenv("ComSpec");
            return of(shell == null ? "cmd.exe" : shell, "/c", command);
        }
        return of("/bin/sh", "-c", command);
    }

    /** The system takes a zero for the end. */
    static String checkText(String text) {
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw new IllegalArgumentException("embedded null character at index " + zero);
        }
        return text;
    }
}
