package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.StackShutdown;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.ProcessTable;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ends everything, in reverse order. */
final class DownCommand {
    private final StackDirectory directory;
    private final PrintStream out;

    DownCommand(Path directory, PrintStream out) {
        this.directory = new StackDirectory(directory);
        this.out = out;
    }

    /** @param wipe whether all data, certificates and logs go too */
    int run(boolean wipe) {
        if (Files.isDirectory(directory.root())) {
            var processes = new ProcessTable(directory);
            if (processes.anyAlive()) {
                new StackShutdown(processes).run(Component.all(), line -> out.println("  " + line));
                out.println("Everything is stopped.");
            } else {
                new StackShutdown(processes).run(Component.all(), _ -> {});
                out.println("Nothing was running.");
            }
        } else {
            out.println("Nothing was running.");
        }
        if (wipe) {
            StackDirectory.deleteTree(directory.root());
            out.println("All data is deleted.");
        }
        return 0;
    }
}
