package io.deepsuite.bench.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers of kinds of events, as the store gives them; each is asked for once. */
final class KindNumbers implements AutoCloseable {

    private static final String NUMBER = "SELECT audit_event_kind_of(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final PreparedStatement number;
    private final Map<List<String>, Integer> known = new HashMap<>();

    KindNumbers(Connection connection) throws SQLException {
        number = connection.prepareStatement(NUMBER);
    }

    /** @param values as the function takes them */
    int of(List<String> values) throws SQLException {
        var found = known.get(values);
        if (found != null) {
            return found;
        }
        for (int place = 0; place < values.size(); place++) {
            number.setString(place + 1, values.get(place));
        }
        try (var rows = number.executeQuery()) {
            rows.next();
            int made = rows.getInt(1);
            known.put(values, made);
            return made;
        }
    }

    @Override
    public void close() throws SQLException {
        number.close();
    }
}
