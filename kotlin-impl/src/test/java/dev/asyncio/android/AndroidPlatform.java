package dev.asyncio.android;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.codehaus.mojo.animal_sniffer.Clazz;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Android's API level 24 with a desugared core library, as far as the JDK has it too, in a jar that R8 takes for a
 * platform: the JDK's classes without their code, cut down to what the signature file of that level names. Android's own
 * android.jar is in no Maven repository, and what Robolectric makes of it leaves java.lang to the JDK.
 */
final class AndroidPlatform {
    private static final String SIGNATURE = "/android/gummy-bears-api-24-coreLib2.signature";
    private static final List<String> MODULES = List.of("java.base", "java.logging");

    private AndroidPlatform() {}

    static Path writeTo(Path jar) throws IOException {
        Map<String, Clazz> android;
        try (InputStream signature = AndroidPlatform.class.getResourceAsStream(SIGNATURE)) {
            android = SignatureChecker.loadClasses(signature);
        }
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Clazz type : android.values()) {
                for (String module : MODULES) {
                    Path source = jdk.getPath("modules", module, type.getName() + ".class");
                    if (Files.exists(source)) {
                        zip.putNextEntry(new ZipEntry(type.getName() + ".class"));
                        zip.write(cutDown(Files.readAllBytes(source), type));
                    }
                }
            }
        }
        return jar;
    }

    private static byte[] cutDown(byte[] original, Clazz android) {
        ClassWriter writer = new ClassWriter(0);
        int skipped = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        new ClassReader(original).accept(new CutDown(writer, android), skipped);
        return writer.toByteArray();
    }

    /** Passes on what Android has; nothing that names other classes besides: no generic types, no nests. */
    private static final class CutDown extends ClassVisitor {
        private final ClassWriter writer;
        private final Clazz android;

        CutDown(ClassWriter writer, Clazz android) {
            super(Opcodes.ASM9);
            this.writer = writer;
            this.android = android;
        }

        @Override
        public void visit(int version, int access, String name, String generic, String superName, String[] interfaces) {
            writer.visit(Opcodes.V11, access, name, null, android.getSuperClass(), android.getSuperInterfaces());
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String generic, Object value) {
            boolean isThere = android.getSignatures().contains(name + "#" + type);
            return isThere ? writer.visitField(access, name, type, null, value) : null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] exceptions) {
            boolean isThere = android.getSignatures().contains(name + type);
            if (isThere) {
                writer.visitMethod(access, name, type, null, null).visitEnd();
            }
            return null;
        }
    }
}
