package io.deepsuite.servicekit.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Samples nothing where no collector is configured: ids are made and passed on all the same, and nobody is looked for at the exporter's default address. */
@ApplicationScoped
public class CollectorSampler {

    @Produces
    @Singleton
    Sampler sampler(TracingConfig config) {
        return config.endpoint().isPresent() ? Sampler.parentBased(Sampler.alwaysOn()) : Sampler.alwaysOff();
    }
}
