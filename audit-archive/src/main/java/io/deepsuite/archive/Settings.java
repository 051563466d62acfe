package io.deepsuite.archive;

import io.deepsuite.archive.lifecycle.LifecycleReader;
import io.deepsuite.archive.lifecycle.LifecycleRule;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database, with which certificate, and what to keep there. Names that the services have, too, are the services' own.
 *
 * @param host DEEPSUITE_POSTGRES_HOST; must stand in the server's certificate
 * @param port DEEPSUITE_POSTGRES_PORT, 1 to 65535; default 5432
 * @param database DEEPSUITE_POSTGRES_DATABASE; its owner is the role of the same name with {@code _owner}
 * @param certificate DEEPSUITE_TLS_CERTIFICATE, PEM; PostgreSQL maps its common name to the owner
 * @param key DEEPSUITE_TLS_KEY, PKCS #8, elliptic curve
 * @param authority DEEPSUITE_TLS_CA
 * @param monthsAhead DEEPSUITE_ARCHIVE_MONTHS_AHEAD, months to have ready behind the present one, 1 to 24; default 3
 * @param lockTimeout DEEPSUITE_ARCHIVE_LOCK_TIMEOUT, seconds to wait for a lock at most, 1 to 60; default 5. Ingest may wait as long
 * @param archiving what the archive needs; empty when DEEPSUITE_ARCHIVE_LIFECYCLE is not set, and then nothing is archived
 */
record Settings(
        String host,
        int port,
        String database,
        Path certificate,
        Path key,
        Path authority,
        int monthsAhead,
        Duration lockTimeout,
        Optional<Archiving> archiving) {
    /** What may stand in the address as it is. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+");

    private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_]*");

    Settings {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "DEEPSUITE_POSTGRES_HOST: " + host + " (expected: a name or an address)");
        }
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "DEEPSUITE_POSTGRES_DATABASE: " + database + " (expected: lower-case letters, digits and _)");
        }
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong
     */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                required(environment, "DEEPSUITE_POSTGRES_HOST"),
                number(environment, "DEEPSUITE_POSTGRES_PORT", 5432, 1, 65535),
                required(environment, "DEEPSUITE_POSTGRES_DATABASE"),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_CERTIFICATE", "/etc/deepsuite/tls/tls.crt")),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_KEY", "/etc/deepsuite/tls/tls.key")),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_CA", "/etc/deepsuite/tls/ca.crt")),
                number(environment, "DEEPSUITE_ARCHIVE_MONTHS_AHEAD", 3, 1, 24),
                Duration.ofSeconds(number(environment, "DEEPSUITE_ARCHIVE_LOCK_TIMEOUT", 5, 1, 60)),
                Optional.ofNullable(environment.get("DEEPSUITE_ARCHIVE_LIFECYCLE"))
                        .map(lifecycle -> new Archiving(
                                Path.of(lifecycle),
                                Path.of(required(environment, "DEEPSUITE_ARCHIVE_DIRECTORY")),
                                Path.of(required(environment, "DEEPSUITE_ARCHIVE_KEYS")))));
    }

    /**
     * What the archive needs.
     *
     * @param lifecycle DEEPSUITE_ARCHIVE_LIFECYCLE, file with the rules
     * @param directory DEEPSUITE_ARCHIVE_DIRECTORY, folder of the archive
     * @param keys DEEPSUITE_ARCHIVE_KEYS, file with the public keys of the logs, one a line; not from the database, whose contents they judge
     */
    record Archiving(Path lifecycle, Path directory, Path keys) {
        /**
         * Reads the rules.
         *
         * @throws IllegalArgumentException if the file cannot be read, or a rule is not understood
         */
        List<LifecycleRule> rules() {
            return LifecycleReader.read(text("DEEPSUITE_ARCHIVE_LIFECYCLE", lifecycle));
        }

        /**
         * Reads the keys.
         *
         * @throws IllegalArgumentException if the file cannot be read, or has no key
         */
        List<NoteVerifier> verifiers() {
            try {
                var verifiers = text("DEEPSUITE_ARCHIVE_KEYS", keys)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(NoteVerifier::parse)
                        .toList();
                if (verifiers.isEmpty()) {
                    throw new IllegalArgumentException("DEEPSUITE_ARCHIVE_KEYS: " + keys + " (expected: a key a line)");
                }
                return verifiers;
            } catch (NoteException e) {
                throw new IllegalArgumentException("DEEPSUITE_ARCHIVE_KEYS: " + keys + ": " + e.getMessage(), e);
            }
        }

        private static String text(String name, Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException(name + ": " + file + " (expected: a file to read)", e);
            }
        }
    }

    /** Address for JDBC: TLS with the server's name verified, and the certificate instead of a password. */
    String url() {
        return "jdbc:postgresql://%s:%d/%s?user=%s_owner&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                .formatted(host, port, database, database, authority, certificate, key);
    }

    private static String required(Map<String, String> environment, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int least, int most) {
        var value = environment.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number that is out of bounds
        }
        throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
}
