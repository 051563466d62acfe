package io.deepsuite.bench.startup;

import io.deepsuite.bench.load.ChatLoad;
import io.deepsuite.bench.report.Machine;
import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.report.Spread;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.process.ResidentMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Each service as native executable against the same service on a JVM, round by round on the same components. */
public final class NativeBenchmark {

    private static final List<Component> SERVICES = List.of(
            Component.DATAPREP_SERVICE, Component.MONITOR_AGENT, Component.AUDIT_SERVICE, Component.MODEL_SERVICE);
    private static final int ROUNDS = 5;
    private static final int CALLERS = 8;
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1 << 20;

    private final StackOptions options;
    private final PrintStream out;

    public NativeBenchmark(Path directory, PrintStream out) {
        this.options = StackOptions.launcher(directory).withPorts(Ports.free()).withProgress(out::println);
        this.out = out;
    }

    /** Measures, and writes {@code native.json} and {@code native.md}. */
    public void run(Results results) throws Exception {
        var machine = Machine.here();
        Stack.remove(options);
        var measured = new ArrayList<Footprint>();
        var jvm = Stack.open(options);
        var nativeStack = Stack.open(options.withPackaging(Packaging.NATIVE));
        try {
            jvm.startAll();
            jvm.seedRegistry();
            var ready = startTimes(jvm, nativeStack);
            measured.addAll(memory(Packaging.JVM, jvm, ready));
            measured.addAll(memory(Packaging.NATIVE, nativeStack, ready));
        } finally {
            jvm.stopAll();
        }
        Stack.remove(options);
        results.write("native", Map.of("machine", machine, "services", measured), NativePage.of(machine, measured));
    }

    /** Milliseconds until ready, by form and service. */
    private Map<Start, List<Double>> startTimes(Stack jvm, Stack nativeStack) throws Exception {
        var times = new HashMap<Start, List<Double>>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (var service : SERVICES) {
                for (var packaging : Packaging.values()) {
                    var stack = packaging == Packaging.JVM ? jvm : nativeStack;
                    stack.stop(service);
                    double millis = new ReadyTimer(stack).start(service);
                    out.printf(
                            "round %d: %s %s ready after %.0f ms%n", round, packaging, service.processName(), millis);
                    times.computeIfAbsent(new Start(packaging, service), _ -> new ArrayList<>())
                            .add(millis);
                }
            }
        }
        return times;
    }

    private List<Footprint> memory(Packaging packaging, Stack stack, Map<Start, List<Double>> ready) throws Exception {
        for (var service : SERVICES) {
            stack.stop(service);
            stack.start(service);
        }
        TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
        var idle = residentMegabytes(stack);
        int answers = new ChatLoad(stack, CALLERS).run(LOAD);
        out.printf("%s: %d answers in %d s%n", packaging, answers, LOAD.toSeconds());
        var busy = residentMegabytes(stack);
        var measured = new ArrayList<Footprint>();
        for (var service : SERVICES) {
            measured.add(new Footprint(
                    service.processName(),
                    packaging,
                    megabytesOnDisk(service, packaging),
                    Spread.of(ready.getOrDefault(new Start(packaging, service), List.of())),
                    idle.getOrDefault(service, 0.0),
                    busy.getOrDefault(service, 0.0)));
        }
        return measured;
    }

    private static Map<Component, Double> residentMegabytes(Stack stack) {
        var resident = new EnumMap<Component, Double>(Component.class);
        for (var service : SERVICES) {
            resident.put(
                    service, stack.process(service).map(ResidentMemory::bytes).orElse(0L) / MEGABYTE);
        }
        return resident;
    }

    private double megabytesOnDisk(Component service, Packaging packaging) throws IOException {
        var installation = options.installation();
        if (packaging == Packaging.NATIVE) {
            return Files.size(installation.executable(service.processName())) / MEGABYTE;
        }
        long bytes = 0;
        try (var files =
                Files.walk(installation.runnableJar(service.processName()).getParent())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes / MEGABYTE;
    }

    private record Start(Packaging packaging, Component service) {}
}
