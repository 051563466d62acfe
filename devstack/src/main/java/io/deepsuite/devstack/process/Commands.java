package io.deepsuite.devstack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Programs of the system that this needs, where they exist. */
public final class Commands {
    private Commands() {}

    /** The full path of a program of the PATH. */
    public static Optional<Path> onPath(String program) {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The command, in a session of its own where the system can do that: no terminal reaches it, neither by an interrupt key nor by
     * hanging up. The process id is the one of the command itself.
     */
    static List<String> detached(List<String> command) {
        var whole = new ArrayList<String>();
        onPath("setsid")
                .ifPresentOrElse(
                        setsid -> whole.add(setsid.toString()),
                        () -> onPath("nohup").ifPresent(nohup -> whole.add(nohup.toString())));
        whole.addAll(command);
        return whole;
    }

    /** The command, ended by the system when the thread that started it ends; unchanged where the system cannot do that. */
    public static List<String> boundToParent(List<String> command) {
        var whole = new ArrayList<String>();
        onPath("setpriv").ifPresent(setpriv -> whole.addAll(List.of(setpriv.toString(), "--pdeathsig", "TERM")));
        whole.addAll(command);
        return whole;
    }

    /** Whether this process runs as root. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
