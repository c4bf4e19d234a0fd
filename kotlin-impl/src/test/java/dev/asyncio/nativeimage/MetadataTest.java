package dev.asyncio.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.asyncio.Asyncio;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.EventLoopProvider;
import dev.asyncio.support.ClassFiles;
import dev.asyncio.support.Jdk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the metadata names is there, and what the code looks up by name is in the metadata. */
class MetadataTest {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of("int", int.class, "long", long.class);

    /** Of newer JDKs: the engine does without them elsewhere. */
    private static final Set<String> TYPES_SINCE_21 = Set.of(
            "java.lang.ScopedValue", "java.lang.Thread$Builder", "java.lang.ThreadBuilders", "java.lang.VirtualThread");

    private static final Set<String> METHODS_SINCE_21 =
            Set.of("isVirtual", "ofVirtual", "setScopedValueBindings", "setScopedValueCache");

    @Test
    void everyMemberOfEveryClassExists() throws Exception {
        Metadata metadata = Metadata.read();
        assertFalse(metadata.members().isEmpty());
        for (Metadata.Member member : metadata.members()) {
            if (Jdk.feature() >= 21 || !isOfNewerJdks(member)) {
                find(member);
            }
        }
    }

    @Test
    void everyClassHasAMember() throws Exception {
        Metadata metadata = Metadata.read();
        Set<String> types = new TreeSet<>();
        metadata.members().forEach(member -> types.add(member.type));
        assertEquals(new TreeSet<>(metadata.types()), types);
    }

    @Test
    void everyResourceExists() throws Exception {
        List<String> resources = Metadata.read().resources();
        assertFalse(resources.isEmpty());
        for (String resource : resources) {
            assertNotNull(getClass().getResource("/" + resource), resource);
        }
    }

    @Test
    void everythingThatIsLookedUpByNameIsInTheMetadata() throws Exception {
        Set<String> known = Metadata.read().names();
        LookUps lookUps =
                LookUps.in(ClassFiles.besides(Asyncio.class, Engine.get().getClass()));
        List<String> unknown = new ArrayList<>(lookUps.names);
        unknown.removeAll(known);
        assertEquals(List.of(EventLoopProvider.class.getName()), unknown);
    }

    @Test
    void theServiceThatIsLookedUpIsInTheMetadata() throws Exception {
        Metadata metadata = Metadata.read();
        String file = "META-INF/services/" + EventLoopProvider.class.getName();
        assertEquals(List.of(file), metadata.resources());
        String provider =
                new String(getClass().getResourceAsStream("/" + file).readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(
                1,
                metadata.members().stream()
                        .filter(member -> member.type.equals(provider) && member.name.equals("<init>"))
                        .count());
    }

    @Test
    void lookUpsAreSeenInCode() {
        LookUps seen = LookUps.in(List.of(LookUps.classFile(SomeLookUps.class)));
        assertEquals(
                List.of("a.Type", "aMethod", "aField", "java.lang.Runnable", "by a variable, in " + SomeLookUps.NAME),
                new ArrayList<>(seen.names));
    }

    private static boolean isOfNewerJdks(Metadata.Member member) {
        return TYPES_SINCE_21.contains(member.type) || METHODS_SINCE_21.contains(member.name);
    }

    private static void find(Metadata.Member member) throws ReflectiveOperationException {
        Class<?> type = Class.forName(member.type);
        if (member.isField()) {
            type.getDeclaredField(member.name);
            return;
        }
        Class<?>[] parameters = new Class<?>[member.parameters.size()];
        for (int i = 0; i < parameters.length; i++) {
            String name = member.parameters.get(i);
            parameters[i] = PRIMITIVES.containsKey(name) ? PRIMITIVES.get(name) : Class.forName(name);
        }
        if (member.name.equals("<init>")) {
            type.getConstructor(parameters);
        } else {
            type.getDeclaredMethod(member.name, parameters);
        }
    }

    /** Read, and never run. */
    private static final class SomeLookUps {
        static final String NAME = SomeLookUps.class.getName().replace('.', '/') + ".byVariable";

        private SomeLookUps() {}

        static Object byConstants() throws ReflectiveOperationException {
            Class<?> type = Class.forName("a.Type");
            type.getMethod("aMethod", String.class);
            type.getDeclaredField("aField");
            return ServiceLoader.load(Runnable.class, type.getClassLoader());
        }

        static Object byVariable(String name) throws ReflectiveOperationException {
            return Class.forName(name);
        }
    }
}
