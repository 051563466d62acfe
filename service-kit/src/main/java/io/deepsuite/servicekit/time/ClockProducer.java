package io.deepsuite.servicekit.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** Makes the clock injectable, so that tests can set the time. */
@ApplicationScoped
public class ClockProducer {

    /** UTC, as an {@link InstantSource} and as a {@link Clock}. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
