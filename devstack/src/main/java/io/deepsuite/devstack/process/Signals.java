package io.deepsuite.devstack.process;

import java.io.IOException;

/** Signals that Java has no call for. */
public final class Signals {
    private Signals() {}

    /**
     * Sends a signal; a process that is gone is fine.
     *
     * @param name without SIG: INT, STOP, CONT, TERM
     */
    public static void send(ProcessHandle process, String name) {
        try {
            // The shell's own kill: a program of that name is not on every system.
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("no /bin/sh", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
