package io.deepsuite.monitor.signal;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** What a service measured. Values are checked when one is made: {@link ErrorReason#VALUE_INVALID} names field, value and range. */
public sealed interface Signal {

    /**
     * One model call.
     *
     * @param quantization precision of the weights, as labelled in metrics
     * @param latency from the call to the last byte, 0 or more
     * @param success whether the caller got an answer
     */
    record Inference(String quantization, Duration latency, boolean success) implements Signal {

        public Inference {
            requireName("inference.quantization", quantization);
            require(!latency.isNegative(), "inference.latency", latency, "0 or more");
        }
    }

    /**
     * One accelerator.
     *
     * @param device index of the device on its node, as text
     * @param utilization share of time in which it was busy, 0 to 1
     * @param memoryUsedBytes memory in use, 0 to {@code memoryTotalBytes}
     * @param memoryTotalBytes memory in all
     */
    record Device(String device, double utilization, long memoryUsedBytes, long memoryTotalBytes) implements Signal {

        public Device {
            requireName("device.device", device);
            require(utilization >= 0 && utilization <= 1, "device.utilization", utilization, "0 to 1");
            require(
                    memoryUsedBytes >= 0 && memoryUsedBytes <= memoryTotalBytes,
                    "device.memory_used_bytes",
                    memoryUsedBytes,
                    "0 to memory_total_bytes, which is " + memoryTotalBytes);
        }
    }

    /**
     * One component.
     *
     * @param component its name, such as {@code engine:127.0.0.1:18451}
     * @param healthy whether it serves
     * @param detail what is wrong, in one line of 0 to 200 characters
     */
    record Health(String component, boolean healthy, String detail) implements Signal {

        public Health {
            requireName("health.component", component);
            require(
                    LINE.matcher(detail).matches(),
                    "health.detail",
                    detail.length() + " characters",
                    "0 to 200, no control characters");
        }
    }

    /** What may become the value of a metric's label. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,100}");

    /** What people read, and logs may hold. */
    Pattern LINE = Pattern.compile("\\P{Cntrl}{0,200}");

    /** Checks a name. */
    static void requireName(String field, String name) {
        require(NAME.matcher(name).matches(), field, "'" + name + "'", "1 to 100 letters, digits or ._:/@-");
    }

    private static void require(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new DeepsuiteException(
                    ErrorReason.VALUE_INVALID,
                    "%s: %s (expected: %s)".formatted(field, value, expected),
                    Map.of("field", field));
        }
    }
}
