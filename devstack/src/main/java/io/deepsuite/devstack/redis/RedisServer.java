package io.deepsuite.devstack.redis;

import io.deepsuite.devstack.layout.Archives;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.ProcessSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how to start Redis. Its build has no TLS: it listens on the loopback interface only, behind a generated password. */
public final class RedisServer {
    private final StackDirectory directory;
    private final Installation installation;
    private final int port;

    public RedisServer(StackDirectory directory, Installation installation, int port) {
        this.directory = directory;
        this.installation = installation;
        this.port = port;
    }

    /** Unpacks the server when it is missing and writes its configuration. */
    public void prepare() {
        if (!Files.exists(binary())) {
            var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
            var suffix = "-" + system + "-" + Archives.architecture("amd64", "arm64");
            Archives.extract(
                    Archives.library(installation, "embedded-redis-"),
                    name -> name.startsWith("redis-server-") && name.endsWith(suffix),
                    binary());
        }
        StackDirectory.writePrivate(configuration(), """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir %s
                save ""
                appendonly no
                maxmemory 64mb
                maxmemory-policy allkeys-lru
                """.formatted(port, password(), directory.data(Component.REDIS)));
    }

    /** How to start the server. */
    public ProcessSpec spec() {
        return new ProcessSpec(
                List.of(binary().toString(), configuration().toString()), Map.of(), directory.data(Component.REDIS));
    }

    /** Whether the server answers with our password. */
    public boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(("AUTH " + password() + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII).equals("+OK");
        } catch (IOException _) {
            return false;
        }
    }

    /** The file that holds the password. */
    public Path passwordFile() {
        return directory.secret("redis-password");
    }

    private String password() {
        return StackDirectory.read(passwordFile());
    }

    private Path binary() {
        return installation.distributions().resolve("redis-server");
    }

    private Path configuration() {
        return directory.data(Component.REDIS).resolve("redis.conf");
    }
}
