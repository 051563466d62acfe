package io.deepsuite.audit.seal;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;

/**
 * A log in the database is not what it was: hashes are missing, or do not fit each other. The message says where. Whoever asked for a proof is told so too: its
 * cause is {@link ErrorReason#LOG_DAMAGED}.
 */
public final class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param log its number
     * @param place what is wrong and where; no personal data
     */
    public LogDamagedException(int log, String place) {
        super(place, new DeepsuiteException(ErrorReason.LOG_DAMAGED, place, Map.of("log", Integer.toString(log))));
    }
}
