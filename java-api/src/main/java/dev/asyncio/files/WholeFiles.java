package dev.asyncio.files;

import dev.asyncio.spi.NotOnAndroid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What {@link AsyncFiles} does beyond a call of {@link Files}. It blocks. */
@NotOnAndroid
final class WholeFiles {
    /** What an array can hold. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8;

    private WholeFiles() {}

    static byte[] readBytes(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        try (InputStream in = Files.newInputStream(path)) {
            // The OutOfMemoryError of the JDK's own method would end the loop.
            if (Files.size(path) > MAX_BYTES) {
                throw new FileSystemException(path.toString(), null, "too large for one array of bytes");
            }
            return in.readAllBytes();
        }
    }

    static String readString(Path path, Charset charset) throws IOException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(readBytes(path))).toString();
        } catch (CharacterCodingException e) {
            throw new NamedCodingException("cannot decode " + path + " as " + charset, e);
        }
    }

    static byte[] encode(Path path, String text, Charset charset) throws CharacterCodingException {
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] data = new byte[bytes.remaining()];
            bytes.get(data);
            return data;
        } catch (CharacterCodingException e) {
            throw new NamedCodingException("cannot encode for " + path + " in " + charset, e);
        }
    }

    static void deleteRecursively(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Deletion deletion = new Deletion();
        Files.walkFileTree(path, deletion);
        if (deletion.failure != null) {
            throw deletion.failure;
        }
    }

    @NotOnAndroid
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Nullable IOException failure;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return noteFailure(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return e == null ? delete(directory) : noteFailure(e);
        }

        private FileVisitResult delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                noteFailure(e);
            }
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult noteFailure(IOException e) {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // somebody else was faster
            }
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** The JDK's own has no message of its own, and knows no file. */
    @NotOnAndroid
    private static final class NamedCodingException extends CharacterCodingException {
        private static final long serialVersionUID = 1L;
        private final String message;

        NamedCodingException(String message, CharacterCodingException cause) {
            this.message = message + ": " + cause.getMessage();
            initCause(cause);
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
