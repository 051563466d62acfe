package io.deepsuite.jobkit;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Which database, and with which certificate. Names that the services have, too, are the services' own.
 *
 * @param host DEEPSUITE_POSTGRES_HOST; must stand in the server's certificate
 * @param port DEEPSUITE_POSTGRES_PORT, 1 to 65535; default 5432
 * @param database DEEPSUITE_POSTGRES_DATABASE; its owner is the role of the same name with {@code _owner}
 * @param certificate DEEPSUITE_TLS_CERTIFICATE, PEM; PostgreSQL maps its common name to the owner
 * @param key DEEPSUITE_TLS_KEY, PKCS #8, elliptic curve
 * @param authority DEEPSUITE_TLS_CA
 */
public record OwnerSettings(String host, int port, String database, Path certificate, Path key, Path authority) {
    /** What may stand in the address as it is. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+");

    private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_]*");

    public OwnerSettings {
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
    public static OwnerSettings of(JobEnvironment environment) {
        return new OwnerSettings(
                environment.required("DEEPSUITE_POSTGRES_HOST"),
                environment.number("DEEPSUITE_POSTGRES_PORT", 5432, 1, 65535),
                environment.required("DEEPSUITE_POSTGRES_DATABASE"),
                environment.path("DEEPSUITE_TLS_CERTIFICATE", "/etc/deepsuite/tls/tls.crt"),
                environment.path("DEEPSUITE_TLS_KEY", "/etc/deepsuite/tls/tls.key"),
                environment.path("DEEPSUITE_TLS_CA", "/etc/deepsuite/tls/ca.crt"));
    }

    /** Address for JDBC: TLS with the server's name verified, and the certificate instead of a password. */
    public String url() {
        return "jdbc:postgresql://%s:%d/%s?user=%s_owner&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                .formatted(host, port, database, database, authority, certificate, key);
    }
}
