package io.deepsuite.devstack.layout;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.Properties;

/**
 * What a later command must know of a stack that was started.
 *
 * @param ports ports it was started with
 * @param packaging as what the services were started
 * @param complete whether everything was ready and the demo model registered
 */
public record StackState(Ports ports, Packaging packaging, boolean complete) {
    /**
     * Reads what the last start wrote.
     *
     * @throws DevstackException if the stack was never started
     */
    public static StackState load(StackDirectory directory) {
        if (!exists(directory)) {
            throw new DevstackException("nothing was started in " + directory.root() + " (./deepsuite up does)");
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(directory.state())) {
            properties.load(reader);
        } catch (IOException e) {
            throw new DevstackException("cannot read " + directory.state() + ": " + e.getMessage(), e);
        }
        return new StackState(
                Ports.fromProperties(properties),
                Packaging.valueOf(properties.getProperty("packaging", Packaging.JVM.name())),
                Boolean.parseBoolean(properties.getProperty("complete", "false")));
    }

    /** Whether a stack was ever started in the directory. */
    public static boolean exists(StackDirectory directory) {
        return Files.exists(directory.state());
    }

    /** Writes the state for later commands. */
    public void save(StackDirectory directory) {
        var text = new StringWriter();
        var properties = ports.toProperties();
        properties.setProperty("packaging", packaging.name());
        properties.setProperty("complete", Boolean.toString(complete));
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        StackDirectory.writePrivate(directory.state(), text.toString());
    }
}
