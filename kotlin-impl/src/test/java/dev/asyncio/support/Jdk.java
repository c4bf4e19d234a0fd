package dev.asyncio.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Carrier;
import java.util.ArrayList;
import java.util.List;

/** What the JVM that runs the tests has. */
public final class Jdk {
    private Jdk() {}

    public static int feature() {
        return Runtime.version().feature();
    }

    /** Skips the test below a version, saying why. */
    public static void assumeAtLeast(int version, String why) {
        assumeTrue(feature() >= version, why + " need JDK " + version + " or newer, this is " + feature());
    }

    /** Whether the JVM was started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}. */
    public static boolean opensJavaLang() {
        return Thread.class.getModule().isOpen("java.lang", Jdk.class.getModule());
    }

    /** The carriers of Java bodies that this JVM offers, with the flags that it was started with. */
    public static List<Carrier> carriers() {
        List<Carrier> carriers = new ArrayList<>();
        carriers.add(Carrier.PLATFORM);
        if (feature() >= 21) {
            carriers.add(Carrier.VIRTUAL);
            if (opensJavaLang()) {
                carriers.add(Carrier.LOOP);
            }
        }
        return carriers;
    }
}
