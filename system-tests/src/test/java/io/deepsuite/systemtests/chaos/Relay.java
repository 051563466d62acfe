package io.deepsuite.systemtests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way over TCP that can be cut as a network is: connections stay open and new ones are taken, and no byte comes through in either direction. Bytes are not
 * looked at, so TLS passes from end to end.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 << 10;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ReentrantLock gate = new ReentrantLock();

    private Relay(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /** A way to a port of this machine. */
    static Relay to(int target) {
        return between(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    }

    /** A way from a port of this machine, any free one if 0, to another machine. */
    static Relay between(int port, InetSocketAddress target) {
        try {
            var relay = new Relay(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target);
            relay.threads.execute(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it begins. */
    int port() {
        return server.getLocalPort();
    }

    /** Cuts the way, for the thread that calls; the same thread has to mend it. */
    void cut() {
        gate.lock();
    }

    /** Lets through what was held up, and what follows. */
    void mend() {
        gate.unlock();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var from = server.accept();
                sockets.add(from);
                threads.execute(() -> connect(from));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket from) {
        pass();
        try {
            var to = new Socket();
            // Before it is connected: what waits for an answer that does not come has to end with the relay too.
            sockets.add(to);
            to.connect(target);
            threads.execute(() -> pump(from, to));
            pump(to, from);
        } catch (IOException _) {
            closeQuietly(from);
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[BUFFER_BYTES];
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                pass();
                to.getOutputStream().write(buffer, 0, length);
            }
            pass();
        } catch (IOException _) {
            // One end is gone; try-with-resources tells the other.
        }
    }

    private void pass() {
        gate.lock();
        try {
            // whoever holds the gate lets nobody pass
        } finally {
            gate.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed already.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(Relay::closeQuietly);
        threads.shutdown();
    }
}
