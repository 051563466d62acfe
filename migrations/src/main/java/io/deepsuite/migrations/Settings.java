package io.deepsuite.migrations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which database, and with which certificate. The names are the services' own.
 *
 * @param host DEEPSUITE_POSTGRES_HOST; must stand in the server's certificate
 * @param port DEEPSUITE_POSTGRES_PORT, 1 to 65535; default 5432
 * @param database DEEPSUITE_POSTGRES_DATABASE; its owner is the role of the same name with {@code _owner}
 * @param scripts DEEPSUITE_MIGRATIONS_DIRECTORY
 * @param certificate DEEPSUITE_TLS_CERTIFICATE, PEM; PostgreSQL maps its common name to the owner
 * @param key DEEPSUITE_TLS_KEY, PKCS #8, elliptic curve
 * @param authority DEEPSUITE_TLS_CA
 */
record Settings(String host, int port, String database, Path scripts, Path certificate, Path key, Path authority) {
    /** What may stand in the address as it is. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+");

    private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_]*");

    Settings {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "DEEPSUITE_POSTGRES_HOST: " + host + " (expected: a name or an address)");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("DEEPSUITE_POSTGRES_PORT: " + port + " (expected: 1 to 65535)");
        }
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "DEEPSUITE_POSTGRES_DATABASE: " + database + " (expected: lower-case letters, digits and _)");
        }
        if (!Files.isDirectory(scripts)) {
            throw new IllegalArgumentException("DEEPSUITE_MIGRATIONS_DIRECTORY: " + scripts + " (expected: a folder)");
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
                port(environment.getOrDefault("DEEPSUITE_POSTGRES_PORT", "5432")),
                required(environment, "DEEPSUITE_POSTGRES_DATABASE"),
                Path.of(required(environment, "DEEPSUITE_MIGRATIONS_DIRECTORY")),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_CERTIFICATE", "/etc/deepsuite/tls/tls.crt")),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_KEY", "/etc/deepsuite/tls/tls.key")),
                Path.of(environment.getOrDefault("DEEPSUITE_TLS_CA", "/etc/deepsuite/tls/ca.crt")));
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

    private static int port(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("DEEPSUITE_POSTGRES_PORT: " + value + " (expected: 1 to 65535)", e);
        }
    }
}
