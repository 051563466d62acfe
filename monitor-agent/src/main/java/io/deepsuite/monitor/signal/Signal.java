package io.deepsuite.monitor.signal;

import java.time.Duration;

/** One thing that a service measured. */
sealed interface Signal {

    /** Service that measured. */
    String service();

    /**
     * One model call ended.
     *
     * @param quantization precision of the weights, as a metrics label
     * @param latency from the call to the last byte, not negative
     * @param success whether the caller got an answer
     */
    record ModelCall(String service, String quantization, Duration latency, boolean success) implements Signal {}

    /**
     * State of an accelerator.
     *
     * @param device index on its node, as text
     * @param utilization share of time it was busy, 0 to 1
     * @param memoryUsedBytes at most {@code memoryTotalBytes}
     */
    record Device(String service, String device, double utilization, long memoryUsedBytes, long memoryTotalBytes)
            implements Signal {}

    /**
     * State of a component.
     *
     * @param healthy whether it serves
     */
    record Component(String service, String component, boolean healthy) implements Signal {}
}
