package io.deepsuite.devstack.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which port everything listens on, all on 127.0.0.1.
 *
 * @param numbers one port, 1 to 65535, for each {@link Port}; no two alike
 */
public record Ports(Map<Port, Integer> numbers) {
    private static final int FREE_RANGE_START = 20_000;
    private static final int FREE_RANGE_END = 30_000;

    public Ports {
        var copy = new EnumMap<>(numbers);
        for (var port : Port.values()) {
            var number = copy.get(port);
            if (number == null || number < 1 || number > 65_535) {
                throw new IllegalArgumentException("%s: %s (expected: 1 to 65535)".formatted(port, number));
            }
        }
        if (new HashSet<>(copy.values()).size() != copy.size()) {
            throw new IllegalArgumentException("ports: %s (expected: no two alike)".formatted(copy));
        }
        numbers = Map.copyOf(copy);
    }

    /** The documented ports. */
    public static Ports standard() {
        return shifted(0);
    }

    /** The documented ports, each so much higher; lets two checkouts run beside each other. */
    public static Ports shifted(int offset) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            numbers.put(port, port.standard() + offset);
        }
        return new Ports(numbers);
    }

    /** Ports nobody listens on at this moment, below the range from which systems pick outgoing ports. */
    public static Ports free() {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        Set<Integer> taken = new HashSet<>();
        for (var port : Port.values()) {
            numbers.put(port, free(taken));
        }
        return new Ports(numbers);
    }

    /** The same, but for one component: it gets ports nobody listens on at this moment, so that a second one can run beside the first. */
    public Ports apart(Component component) {
        var other = new EnumMap<>(numbers);
        Set<Integer> taken = new HashSet<>(numbers.values());
        Port.of(component).forEach(port -> other.put(port, free(taken)));
        return new Ports(other);
    }

    private static int free(Set<Integer> taken) {
        int candidate;
        do {
            candidate = ThreadLocalRandom.current().nextInt(FREE_RANGE_START, FREE_RANGE_END);
        } while (taken.contains(candidate) || !isFree(candidate));
        taken.add(candidate);
        return candidate;
    }

    /** The number of one port. */
    public int of(Port port) {
        return java.util.Objects.requireNonNull(numbers.get(port));
    }

    /** Whether nobody listens on a port of 127.0.0.1 now. */
    public static boolean isFree(int number) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** As properties, for the file that lets the next command find a running stack. */
    public Properties toProperties() {
        var properties = new Properties();
        numbers.forEach((port, number) -> properties.setProperty("port." + port.name(), Integer.toString(number)));
        return properties;
    }

    /**
     * The reverse of {@link #toProperties()}.
     *
     * @throws IllegalArgumentException if a port is missing or no number
     */
    public static Ports fromProperties(Properties properties) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            numbers.put(port, Integer.valueOf(properties.getProperty("port." + port.name(), "0")));
        }
        return new Ports(numbers);
    }
}
