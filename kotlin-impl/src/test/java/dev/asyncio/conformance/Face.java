package dev.asyncio.conformance;

/** Which face of the SDK runs the bodies of a program. */
public enum Face {
    JAVA,
    KOTLIN,
    /** Tasks are dealt to the two alternately, so that each awaits, cancels and gathers the other's. */
    MIXED;

    static Face named(String name) {
        return valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
