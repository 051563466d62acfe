package io.deepsuite.servicekit.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Runs a service until it is told to stop. A native executable that was told to, with SIGTERM, and has ended in order exits with 0, as whoever runs it expects of
 * success; a JVM leaves such exits to the system, which says 143.
 */
@QuarkusMain
public final class ServiceMain {

    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private ServiceMain() {}

    /** Blocks until the service has stopped. */
    public static void main(String[] arguments) {
        Quarkus.run(null, (code, _) -> System.exit(exitCode(code)), arguments);
    }

    static int exitCode(int code) {
        return code == TERMINATED ? 0 : code;
    }
}
