package dev.asyncio.conformance;

/** A body met {@code return}; no {@code Returned} means that it goes on. */
public final class Returned {
    private final Object value;

    Returned(Object value) {
        this.value = value;
    }

    public static Object valueOf(Returned returned) {
        return returned == null ? null : returned.value;
    }
}
