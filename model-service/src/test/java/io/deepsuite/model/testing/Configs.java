package io.deepsuite.model.testing;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Configuration as the service reads it: the mapping's defaults, and what a test sets. */
public final class Configs {

    private Configs() {}

    /**
     * The mapping with what a test sets.
     *
     * @param set full property names to values
     */
    public static <T> T of(Class<T> mapping, Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(set, "test", 100))
                .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                .withConverter(Duration.class, 100, Duration::parse)
                .build()
                .getConfigMapping(mapping);
    }

    /** The defaults alone. */
    public static <T> T of(Class<T> mapping) {
        return of(mapping, Map.of());
    }
}
