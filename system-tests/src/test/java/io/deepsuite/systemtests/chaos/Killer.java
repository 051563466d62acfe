package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.systemtests.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Ends processes with SIGKILL, some together, some again while they start, and brings them back. Victims and moments come from a seed; what the moment meets
 * inside a process is chance all the same.
 */
final class Killer {

    private static final Duration LONGEST_WAIT_FOR_CALLS = Duration.ofSeconds(6);
    private static final int MOST_TOGETHER = 3;
    private static final int LONGEST_START_MILLIS = 4000;

    /** How often each process is chosen beside the others: ours most, as they hold what may be lost, and are back soonest. */
    private static final Map<Component, Integer> WEIGHTS = new EnumMap<>(Map.ofEntries(
            Map.entry(Component.MODEL_SERVICE, 8),
            Map.entry(Component.AUDIT_SERVICE, 7),
            Map.entry(Component.DATAPREP_SERVICE, 6),
            Map.entry(Component.MONITOR_AGENT, 5),
            Map.entry(Component.LOCAL_ENGINE_STABLE, 2),
            Map.entry(Component.LOCAL_ENGINE_PREVIOUS, 1),
            Map.entry(Component.ENGINE_SUPERVISOR, 1),
            Map.entry(Component.KAFKA, 3),
            Map.entry(Component.POSTGRES, 3),
            Map.entry(Component.REDIS, 2),
            Map.entry(Component.KEYCLOAK, 1)));

    private final Suite suite;
    private final Traffic traffic;
    private final Random random;
    private final List<Component> queue = new ArrayList<>();
    private final Map<Component, Integer> kills = Collections.synchronizedMap(new EnumMap<>(Component.class));
    private final Map<Component, Duration> recoveries = Collections.synchronizedMap(new EnumMap<>(Component.class));

    Killer(Suite suite, Traffic traffic, long seed) {
        this.suite = suite;
        this.traffic = traffic;
        this.random = new Random(seed);
        // Every process dies once before any dies twice.
        queue.addAll(WEIGHTS.keySet());
        Collections.shuffle(queue, random);
    }

    /** Kills until each process died and there were so many kills, at least; everything runs again when this returns. */
    void kill(int count) {
        // Those killed again while they started count too, so the number may be reached before every process had its
        // turn.
        while (!queue.isEmpty() || total() < count) {
            int left = Math.max(queue.size(), count - total());
            round(Math.min(left, 1 + random.nextInt(MOST_TOGETHER)));
        }
    }

    private void round(int victims) {
        traffic.awaitAcknowledged(1 + random.nextInt(20), LONGEST_WAIT_FOR_CALLS);
        var chosen = choose(victims);
        for (var victim : chosen) {
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(150)).toNanos());
            suite.stack().kill(victim);
            count(victim);
        }
        long start = System.nanoTime();
        if (random.nextBoolean()) {
            traffic.awaitAcknowledged(1 + random.nextInt(10), Duration.ofMillis(1 + random.nextInt(3000)));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var returns = new ArrayList<Future<?>>();
            for (var victim : chosen) {
                int after = victim.kind() == Component.Kind.SERVICE && random.nextInt(3) == 0
                        ? random.nextInt(LONGEST_START_MILLIS)
                        : -1;
                returns.add(executor.submit(() -> bringBack(victim, after, start)));
            }
            returns.forEach(Killer::join);
        }
    }

    /** Another component of the queue first; never an engine beside the supervisor, which takes it along. */
    private Set<Component> choose(int count) {
        var chosen = EnumSet.noneOf(Component.class);
        while (chosen.size() < count) {
            var victim = queue.isEmpty() ? weighted() : queue.removeLast();
            if (chosen.stream().anyMatch(other -> other != victim && bothEngines(other, victim))) {
                queue.add(victim);
                return chosen;
            }
            chosen.add(victim);
        }
        return chosen;
    }

    private static boolean bothEngines(Component one, Component other) {
        return one.kind() == Component.Kind.ENGINE && other.kind() == Component.Kind.ENGINE;
    }

    private Component weighted() {
        int place = random.nextInt(
                WEIGHTS.values().stream().mapToInt(Integer::intValue).sum());
        for (var entry : WEIGHTS.entrySet()) {
            place -= entry.getValue();
            if (place < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("weights");
    }

    private void bringBack(Component victim, int killedAgainAfterMillis, long since) {
        if (killedAgainAfterMillis >= 0) {
            var killer = Thread.startVirtualThread(() -> killWhileItStarts(victim, killedAgainAfterMillis));
            try {
                suite.stack().start(victim);
            } catch (DevstackException _) {
                // Died while starting, as was meant; anything else shows at the next start.
            }
            joinQuietly(killer);
        }
        suite.stack().start(victim);
        recoveries.merge(
                victim,
                Duration.ofNanos(System.nanoTime() - since),
                (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private void killWhileItStarts(Component victim, int afterMillis) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> suite.stack().process(victim).isPresent());
        LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
        suite.stack().kill(victim);
        count(victim);
    }

    private void count(Component victim) {
        kills.merge(victim, 1, Integer::sum);
    }

    private static void join(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int total() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Kills of each process. */
    Map<Component, Integer> kills() {
        return Map.copyOf(kills);
    }

    /** Longest from a kill until the process was ready again, with what was put in its way. */
    Map<Component, Duration> recoveries() {
        return Map.copyOf(recoveries);
    }
}
