package dev.asyncio.samples.servers;

import java.lang.reflect.Method;
import java.util.Locale;

/**
 * Runs a sample with a server that is there only for it. Arguments: {@code postgres}, {@code mariadb}, {@code couchdb}
 * or {@code cassandra}, and the main class of the sample, which gets the address of the server.
 */
public final class Try {
    private Try() {}

    public static void main(String[] args) throws Exception {
        ServerKind kind = ServerKind.valueOf(args[0].toUpperCase(Locale.ROOT));
        Method main = Class.forName(args[1]).getMethod("main", String[].class);
        try (Server server = kind.start()) {
            main.invoke(null, (Object) new String[] {server.address()});
        }
    }
}
