package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.process.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node of its own, as far as the network goes: a network namespace that a pair of virtual interfaces joins to this machine. There, 127.0.0.1 is this
 * machine, so that a process finds everything where it was; it has to listen on {@link #address()} itself.
 *
 * <p>Nothing of it has a name in the file system. The kernel removes namespace and interfaces with the last process in it, however a run ends.
 */
final class Node implements AutoCloseable {

    /** No interface of a machine is called so: a command that went astray would find nothing. */
    private static final String INSIDE = "node0";
    /** Nobody has it, so a packet that is sent there arrives nowhere. */
    private static final String NOBODY = "02:00:00:00:00:01";

    private static final int NETWORKS = 160 * 64;

    private final Process holder;
    private final String outside;
    private final String gateway;
    private final String address;

    private Node(Process holder) {
        this.holder = holder;
        // A process id is one of a kind on the machine, and so is what is made of it.
        this.outside = "ds" + holder.pid();
        int network = (int) (holder.pid() % NETWORKS);
        // Link-local, below the numbers where clouds have services.
        var prefix = "169.254." + (1 + network / 64) + ".";
        this.gateway = prefix + (network % 64 * 4 + 1);
        this.address = prefix + (network % 64 * 4 + 2);
    }

    /** This machine does not let its user make nodes; the message says why. */
    static final class NotPermittedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPermittedException(String message) {
            super(message);
        }
    }

    static Node open() throws NotPermittedException, IOException {
        for (var program : List.of("unshare", "nsenter", "ip")) {
            if (Commands.onPath(program).isEmpty()) {
                throw new NotPermittedException("there is no program " + program);
            }
        }
        var node = new Node(hold());
        try {
            node.join();
            return node;
        } catch (NotPermittedException | IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** A process that keeps a namespace for as long as this JVM lives: its input ends with us. */
    private static Process hold() throws NotPermittedException, IOException {
        var holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat")
                .redirectErrorStream(true)
                .start();
        var word = holder.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(word)) {
            holder.destroyForcibly();
            throw new NotPermittedException("no network namespace: " + word);
        }
        // What follows must never befall the network of the machine.
        if (namespace("self").equals(namespace(Long.toString(holder.pid())))) {
            holder.destroyForcibly();
            throw new IllegalStateException("process " + holder.pid() + " is in our own network namespace");
        }
        return holder;
    }

    private static Path namespace(String process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", process, "ns", "net"));
    }

    private void join() throws NotPermittedException, IOException {
        var pid = Long.toString(holder.pid());
        var refusal = output("ip", "link", "add", outside, "type", "veth", "peer", "name", INSIDE, "netns", pid);
        if (!refusal.isEmpty()) {
            throw new NotPermittedException("no virtual interfaces: " + refusal);
        }
        // What is sent to 127.0.0.1 may come and go over these two interfaces, and no others.
        var here = output("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/" + outside + "/route_localnet");
        if (!here.isEmpty()) {
            throw new NotPermittedException("settings of the network are read-only: " + here);
        }
        here("ip", "addr", "add", gateway + "/30", "dev", outside);
        here("ip", "link", "set", outside, "up");
        there("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/" + INSIDE + "/route_localnet");
        there("ip", "addr", "add", address + "/30", "dev", INSIDE);
        there("ip", "link", "set", INSIDE, "up");
        // The node's own loopback interface is down, so 127.0.0.1 is not the node itself.
        there("ip", "route", "add", "127.0.0.1/32", "via", gateway);
    }

    /** What has to stand before a command for it to run on the node. */
    List<String> prefix() {
        return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net");
    }

    /** Where this machine finds the node. */
    String address() {
        return address;
    }

    /** Cuts the node off: in both directions the kernel sends to nobody. Connections stay open and hang, new ones get no answer, and nobody is told. */
    void cut() throws IOException {
        here("ip", "neigh", "replace", address, "lladdr", NOBODY, "dev", outside, "nud", "permanent");
        there("ip", "neigh", "replace", gateway, "lladdr", NOBODY, "dev", INSIDE, "nud", "permanent");
    }

    /** Joins the node again. */
    void mend() throws IOException {
        here("ip", "neigh", "del", address, "dev", outside);
        there("ip", "neigh", "del", gateway, "dev", INSIDE);
    }

    private void there(String... command) throws IOException {
        here(Stream.concat(prefix().stream(), Stream.of(command)).toArray(String[]::new));
    }

    private static void here(String... command) throws IOException {
        var complaint = output(command);
        if (!complaint.isEmpty()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + complaint);
        }
    }

    /** What the command says, which is nothing when all is well. */
    private static String output(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.onExit().join().exitValue();
        return code == 0 || !text.isEmpty() ? text : "exit code " + code;
    }

    /** Removes it at once. What still runs there is cut off for ever. */
    @Override
    public void close() throws IOException {
        // One of the pair takes the other along. It may not have come to be.
        var _ = output("ip", "link", "delete", outside);
        holder.getOutputStream().close();
        holder.onExit().join();
    }
}
