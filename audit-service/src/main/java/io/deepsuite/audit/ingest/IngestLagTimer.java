package io.deepsuite.audit.ingest;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the lag every now and then. */
@ApplicationScoped
public class IngestLagTimer {

    private static final Logger LOGGER = LoggerFactory.getLogger(IngestLagTimer.class);

    private final IngestSeeker seeker;
    private final IngestConfig config;

    IngestLagTimer(IngestSeeker seeker, IngestConfig config) {
        this.seeker = seeker;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Multi.createFrom()
                .ticks()
                .every(config.lagPeriod())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> seeker.measure()
                        .onFailure()
                        .invoke(failure -> LOGGER.atWarn().setCause(failure).log("lag not measured"))
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(_ -> {});
    }
}
