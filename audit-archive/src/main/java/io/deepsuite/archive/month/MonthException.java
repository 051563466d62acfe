package io.deepsuite.archive.month;

import java.sql.SQLException;

/** The store does not do what it was asked; nothing was changed. */
public final class MonthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MonthException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage() + " (SQLSTATE " + cause.getSQLState() + ")", cause);
    }
}
