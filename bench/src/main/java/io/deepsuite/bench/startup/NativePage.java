package io.deepsuite.bench.startup;

import io.deepsuite.bench.report.Machine;
import io.deepsuite.devstack.layout.Packaging;
import java.util.List;

/** The measurements as a table for people: native beside JVM, and how many times less. */
final class NativePage {

    private NativePage() {}

    static String of(Machine machine, List<Footprint> measured) {
        var page = new StringBuilder(
                """
                # Native executables against JVMs

                Made by `./deepsuite bench native`. Ready: from the start of the process to the first 200 of `/ready`, with all dependencies running; median of %d starts,
                interleaved, smallest and largest in brackets. Memory: resident, without what is shared with other processes. On disk: the executable, or the folder of
                jars without the JVM.

                Machine: %s.

                | service | ready, native | ready, JVM | times | idle, native | idle, JVM | times | under load, native | under load, JVM | on disk, native | on disk, JVM |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(measured.getFirst().readyMillis().runs(), machine.describe()));
        for (var executable : measured) {
            if (executable.packaging() == Packaging.NATIVE) {
                page.append(row(executable, jvm(executable.service(), measured)));
            }
        }
        return page.toString();
    }

    private static Footprint jvm(String service, List<Footprint> measured) {
        return measured.stream()
                .filter(one -> one.packaging() == Packaging.JVM && one.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static String row(Footprint executable, Footprint jvm) {
        return "| %s | %s | %s | %.1f | %.0f MiB | %.0f MiB | %.1f | %.0f MiB | %.0f MiB | %.0f MiB | %.0f MiB |%n"
                .formatted(
                        executable.service(),
                        ready(executable),
                        ready(jvm),
                        jvm.readyMillis().median() / executable.readyMillis().median(),
                        executable.idleMegabytes(),
                        jvm.idleMegabytes(),
                        jvm.idleMegabytes() / executable.idleMegabytes(),
                        executable.loadMegabytes(),
                        jvm.loadMegabytes(),
                        executable.megabytesOnDisk(),
                        jvm.megabytesOnDisk());
    }

    private static String ready(Footprint footprint) {
        var millis = footprint.readyMillis();
        return "%.0f ms (%.0f to %.0f)".formatted(millis.median(), millis.min(), millis.max());
    }
}
