package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the suite leaves behind: logs, metrics, records, rows, files. */
public final class Traces {

    private static final List<Component> MEASURED = List.of(
            Component.MODEL_SERVICE,
            Component.DATAPREP_SERVICE,
            Component.MONITOR_AGENT,
            Component.AUDIT_SERVICE,
            Component.LOCAL_ENGINE_STABLE);

    private final Suite suite;

    private Traces(Suite suite) {
        this.suite = suite;
    }

    /** Those of a suite. */
    public static Traces of(Suite suite) {
        return new Traces(suite);
    }

    /** Where any of these texts is found; empty when they left no trace. */
    public List<String> of(Collection<String> texts) {
        var found = new ArrayList<String>();
        for (var component : MEASURED) {
            var page = Plain.get(suite.stack().addresses().management(component).resolve("/metrics"));
            search("metrics of " + component, List.of(page.body()), texts, found);
        }
        search("topic", suite.topic().everything(KafkaSetup.AUDIT_TOPIC), texts, found);
        search("dead letters", suite.topic().everything(KafkaSetup.DEAD_LETTER_TOPIC), texts, found);
        search("databases", suite.databases().everything(), texts, found);
        searchFiles(texts, found);
        return found;
    }

    /** Number of values that were looked at in topic and databases: a search through nothing finds nothing. */
    public int searched() {
        return suite.topic().everything(KafkaSetup.AUDIT_TOPIC).size()
                + suite.databases().everything().size();
    }

    /** Logs, journals, and what Kafka and PostgreSQL have on disk. */
    private void searchFiles(Collection<String> texts, List<String> found) {
        var root = suite.stack().directory().root();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        // One byte is one character, so that a text is found whatever surrounds it.
                        var content = Files.readString(file, StandardCharsets.ISO_8859_1);
                        texts.stream()
                                .filter(text -> content.contains(
                                        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                                .forEach(text -> found.add(text + " in " + root.relativize(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void search(String where, List<String> values, Collection<String> texts, List<String> found) {
        for (var text : texts) {
            if (values.stream().anyMatch(value -> value.contains(text))) {
                found.add(text + " in " + where);
            }
        }
    }
}
