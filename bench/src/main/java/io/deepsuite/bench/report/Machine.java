package io.deepsuite.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a result was measured on.
 *
 * @param processor name of the processor
 * @param cores that this process may use
 * @param memoryGibibytes main memory
 * @param system name and version of the operating system
 * @param java version of the JVM
 * @param loadAverage of the last minute, before the measurements: what else the machine was doing; negative where unknown
 */
public record Machine(
        String processor, int cores, long memoryGibibytes, String system, String java, double loadAverage) {

    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                line(Path.of("/proc/cpuinfo"), "model name").orElseGet(() -> System.getProperty("os.arch", "unknown")),
                Runtime.getRuntime().availableProcessors(),
                line(Path.of("/proc/meminfo"), "MemTotal")
                        .map(text -> Long.parseLong(text.replaceAll("\\D", "")) >> 20)
                        .orElse(0L),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** In one sentence. */
    public String describe() {
        return "%s, %d cores, %d GiB, %s, %s; load average before the run %.1f"
                .formatted(processor, cores, memoryGibibytes, system, java, loadAverage);
    }

    private static Optional<String> line(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
