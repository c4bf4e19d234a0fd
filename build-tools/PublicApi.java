import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiTools;

/**
 * Holds the public surface of compiled classes against the dump that is kept in git, or writes that dump anew.
 *
 * <p>Arguments: {@code check} or {@code update}, the folder of the classes, the dump.
 */
final class PublicApi {
    private static final AbiTools TOOLS = AbiTools.Companion.getInstance(PublicApi.class.getClassLoader());

    public static void main(String[] args) throws IOException {
        Path classes = Path.of(args[1]);
        Path kept = Path.of(args[2]);
        String surface = surfaceOf(classes);
        if (args[0].equals("update")) {
            Files.createDirectories(kept.getParent());
            Files.writeString(kept, surface);
            return;
        }
        if (Files.exists(kept) && Files.readString(kept).equals(surface)) {
            return;
        }
        System.out.println("The public surface is not the one that " + kept + " has:");
        System.out.println(difference(kept, surface));
        System.out.println("If it is meant to be, accept it with: mvn -q -Papi-dump process-classes");
        System.exit(1);
    }

    private static String surfaceOf(Path classes) throws IOException {
        StringWriter dump = new StringWriter();
        try (Stream<Path> files = Files.walk(classes)) {
            List<File> inOrder = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .map(Path::toFile)
                    .collect(Collectors.toList());
            TOOLS.printJvmDump(dump, inOrder, AbiFilters.Companion.getEMPTY());
        }
        return dump.toString();
    }

    private static String difference(Path kept, String surface) throws IOException {
        Path now = Files.createTempFile("surface", ".api");
        Path before = Files.createTempFile("kept", ".api");
        try {
            Files.writeString(now, surface);
            Files.writeString(before, Files.exists(kept) ? Files.readString(kept) : "");
            return TOOLS.filesDiff(before.toFile(), now.toFile());
        } finally {
            Files.delete(now);
            Files.delete(before);
        }
    }
}
