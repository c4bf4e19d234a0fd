package dev.asyncio.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.spi.Engine;
import dev.asyncio.support.ClassFiles;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The engine is compiled with the newest kotlinx, and runs with older ones. */
class KotlinxVersionTest {
    private final Set<String> calledInterfaces = new TreeSet<>();
    private final Set<String> defaults = new TreeSet<>();

    /** What fills in those that are left out is in the interface since 1.11, and in a class beside it before. */
    @Test
    void everyArgumentOfAnInterfaceOfKotlinxIsGiven() throws Exception {
        for (byte[] classFile : ClassFiles.besides(Engine.get().getClass())) {
            new ClassReader(classFile).accept(new Calls(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        assertTrue(calledInterfaces.contains("kotlinx/coroutines/Job"), calledInterfaces::toString);
        assertEquals(Set.of(), defaults);
    }

    private final class Calls extends ClassVisitor {
        Calls() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                    if (!isInterface || !owner.startsWith("kotlinx/")) {
                        return;
                    }
                    calledInterfaces.add(owner);
                    if (name.endsWith("$default")) {
                        defaults.add(owner + "." + name);
                    }
                }
            };
        }
    }
}
