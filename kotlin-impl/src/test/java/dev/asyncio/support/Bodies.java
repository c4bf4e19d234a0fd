package dev.asyncio.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** What a Java body can find out about the thread that carries it. */
public final class Bodies {
    private Bodies() {}

    /** Whether the calling code runs on a virtual thread; false below JDK 21. */
    public static boolean isOnVirtualThread() {
        try {
            Method isVirtual = Thread.class.getMethod("isVirtual");
            return (boolean) isVirtual.invoke(Thread.currentThread());
        } catch (NoSuchMethodException e) {
            return false;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    /** From JDK 21 on. */
    public static Thread startVirtualThread(Runnable work) {
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The platform thread that a virtual one is mounted on, by name: {@code VirtualThread[#7,name]/runnable@carrier}. */
    public static String nameOfCarrierThread() {
        String thread = Thread.currentThread().toString();
        return thread.substring(thread.indexOf('@') + 1);
    }
}
