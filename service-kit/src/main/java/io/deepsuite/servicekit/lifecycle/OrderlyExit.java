package io.deepsuite.servicekit.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import sun.misc.Signal;

/**
 * Ends a started service with exit code 0 when it is told to stop (SIGTERM), after its orderly shutdown. The JVM on its own would say 143, as of a process that
 * the signal ended, and nobody could tell a shutdown that went its whole way from one that did not.
 */
@ApplicationScoped
public class OrderlyExit {

    void onStart(@Observes StartupEvent started) {
        Signal.handle(new Signal("TERM"), _ -> Quarkus.asyncExit(0));
    }
}
