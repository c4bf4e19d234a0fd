package dev.asyncio.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds, in class files, the calls that look something up by its name. */
final class LookUps {
    private static final Map<String, List<String>> LOOK_UPS = Map.of(
            "java/lang/Class",
            List.of(
                    "forName",
                    "getMethod",
                    "getDeclaredMethod",
                    "getMethods",
                    "getDeclaredMethods",
                    "getField",
                    "getDeclaredField",
                    "getFields",
                    "getDeclaredFields",
                    "getConstructor",
                    "getDeclaredConstructor",
                    "getConstructors",
                    "getDeclaredConstructors",
                    "getResource",
                    "getResourceAsStream"),
            "java/lang/ClassLoader",
            List.of("loadClass", "getResource", "getResources", "getResourceAsStream"),
            "java/util/ServiceLoader",
            List.of("load", "loadInstalled"),
            "java/util/ResourceBundle",
            List.of("getBundle"),
            "java/lang/reflect/Proxy",
            List.of("newProxyInstance"),
            "java/lang/invoke/MethodHandles$Lookup",
            List.of("findVirtual", "findStatic", "findConstructor", "findSpecial", "findGetter", "findVarHandle"),
            "java/util/concurrent/atomic/AtomicIntegerFieldUpdater",
            List.of("newUpdater"),
            "java/util/concurrent/atomic/AtomicLongFieldUpdater",
            List.of("newUpdater"),
            "java/util/concurrent/atomic/AtomicReferenceFieldUpdater",
            List.of("newUpdater"));

    /** What is looked up: a class, a member, the interface of a service; or a call of which that cannot be said. */
    final Set<String> names = new LinkedHashSet<>();

    void addFrom(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] exceptions) {
                        return new Calls(reader.getClassName() + "." + name);
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    static LookUps in(Iterable<byte[]> classFiles) {
        LookUps found = new LookUps();
        classFiles.forEach(found::addFrom);
        return found;
    }

    static byte[] classFile(Class<?> type) {
        try {
            return type.getResourceAsStream(
                            type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name stands before the call as a constant, the last one of its kind: none of these calls takes two. */
    private final class Calls extends MethodVisitor {
        private final String method;
        private String lastString;
        private Type lastType;

        Calls(String method) {
            super(Opcodes.ASM9);
            this.method = method;
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof String) {
                lastString = (String) value;
            } else if (value instanceof Type) {
                lastType = (Type) value;
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (!LOOK_UPS.getOrDefault(owner, List.of()).contains(name)) {
                return;
            }
            if (owner.endsWith("ServiceLoader") && lastType != null) {
                names.add(lastType.getClassName());
            } else {
                names.add(lastString != null ? lastString : "by a variable, in " + method);
            }
            lastString = null;
        }
    }
}
