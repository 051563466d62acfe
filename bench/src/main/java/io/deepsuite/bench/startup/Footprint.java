package io.deepsuite.bench.startup;

import io.deepsuite.bench.report.Spread;
import io.deepsuite.devstack.layout.Packaging;

/**
 * What a service costs in one form.
 *
 * @param service its name
 * @param packaging its form
 * @param megabytesOnDisk executable, or the folder of jars; the JVM itself not counted
 * @param readyMillis from the start of the process to the first 200 of {@code /ready}, dependencies running
 * @param idleMegabytes resident memory after the start, nothing asked
 * @param loadMegabytes resident memory at the end of the load
 */
public record Footprint(
        String service,
        Packaging packaging,
        double megabytesOnDisk,
        Spread readyMillis,
        double idleMegabytes,
        double loadMegabytes) {}
