package io.deepsuite.dataprep.masking;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;

/** Bounds for tests. */
record TestConfig(int maxTexts, long bytes, int threads, int queueLength) implements MaskingConfig {

    @Override
    public MemorySize maxBytes() {
        return new MemorySize(BigInteger.valueOf(bytes));
    }
}
