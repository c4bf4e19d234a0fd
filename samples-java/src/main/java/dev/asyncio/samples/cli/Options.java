package dev.asyncio.samples.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sample is given as {@code --name value} or {@code --name=value}. Anything else ends the program, with a line
 * that says why and the status 2.
 */
public final class Options {
    private final Map<String, String> given = new HashMap<>();

    /** Those of these names, each with its dashes. */
    public Options(String[] args, String... names) {
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (!List.of(names).contains(option[0])) {
                throw refuse("unknown argument " + args[i] + ", known are " + String.join(", ", names));
            }
            if (option.length == 1 && i + 1 == args.length) {
                throw refuse(args[i] + " needs a value");
            }
            given.put(option[0], option.length == 2 ? option[1] : args[++i]);
        }
    }

    /** The port of a sample that has no other option. */
    public static int port(String[] args, int otherwise) {
        return new Options(args, "--port").number("--port", otherwise, 0, 65_535);
    }

    public String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise, int from, int to) {
        String value = text(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // not a number at all
        }
        throw refuse(name + " has to be a number from " + from + " to " + to + ", and not " + value);
    }

    /** Ends the program; to be thrown, so that the compiler knows. */
    public static IllegalArgumentException refuse(String reason) {
        System.err.println(reason);
        System.exit(2);
        return new IllegalArgumentException(reason);
    }
}
