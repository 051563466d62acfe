package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.certificate.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** PostgreSQL, as its roles see it. */
public final class Databases {

    /** The databases, each with an owner role of the same name and {@code _owner}. */
    private static final List<String> NAMES = List.of("model_service", "audit_service");

    private final Identity platform;
    private final int port;

    Databases(Identity platform, int port) {
        this.platform = platform;
        this.port = port;
    }

    /** Every value of every row of every table of every database; bytes also as the text they may be. */
    public List<String> everything() {
        var values = new ArrayList<String>();
        for (var database : NAMES) {
            try (var connection = connect(database, database + "_owner", platform)) {
                for (var table : tables(connection)) {
                    readAll(connection, table, values);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(database, e);
            }
        }
        return values;
    }

    /**
     * Takes the audit database in hand as its owner; close it, and all is as before.
     *
     * @throws SQLException if the server refuses
     */
    public Tampering tamper() throws SQLException {
        return new Tampering(connect("audit_service", "audit_service_owner", platform));
    }

    /**
     * Logs in.
     *
     * @throws SQLException if the server refuses
     */
    public Connection connect(String database, String role, Identity identity) throws SQLException {
        var properties = properties(role, identity);
        properties.setProperty("sslcert", identity.certificate().toString());
        properties.setProperty("sslkey", derKey(identity).toString());
        return DriverManager.getConnection(url(database), properties);
    }

    /**
     * Logs in without a certificate.
     *
     * @param encryption {@code verify-full}, or {@code disable} for a connection in the clear
     * @throws SQLException if the server refuses
     */
    public Connection connectWithoutCertificate(String database, String role, String encryption) throws SQLException {
        var properties = properties(role, platform);
        properties.setProperty("sslmode", encryption);
        return DriverManager.getConnection(url(database), properties);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private static Properties properties(String role, Identity identity) {
        var properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", identity.authority().toString());
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "10");
        return properties;
    }

    /** The driver reads a key in PKCS #8 DER. */
    private static Path derKey(Identity identity) {
        return DerKeys.of(identity.key());
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var result =
                connection.getMetaData().getTables(null, null, null, new String[] {"TABLE", "PARTITIONED TABLE"})) {
            while (result.next()) {
                tables.add("\"%s\".\"%s\"".formatted(result.getString("TABLE_SCHEM"), result.getString("TABLE_NAME")));
            }
        }
        return tables;
    }

    private static void readAll(Connection connection, String table, List<String> values) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    values.add(text(rows, column));
                }
            }
        }
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        if (rows.getObject(column) instanceof byte[] bytes) {
            return Bytes.asText(bytes) + HexFormat.of().formatHex(bytes);
        }
        return String.valueOf(rows.getString(column));
    }
}
