package io.deepsuite.servicekit.logging;

/** Keys of log records: camelCase, the unit in the key. */
public final class LogKeys {

    /** Request id of the call. */
    public static final String REQUEST_ID = "requestId";
    /** W3C trace id; put by the tracer. */
    public static final String TRACE_ID = "traceId";
    /** Tenant of the caller. */
    public static final String TENANT = "tenant";
    /** Subject of the token; always filtered. */
    public static final String USER_ID = "userId";
    /** Workload at the other side of a connection. */
    public static final String WORKLOAD = "workload";
    /** Model name. */
    public static final String MODEL = "model";
    /** Model version. */
    public static final String MODEL_VERSION = "modelVersion";
    /** Reason of a failure. */
    public static final String REASON = "reason";
    /** Time taken, milliseconds. */
    public static final String DURATION_MILLIS = "durationMillis";
    /** Engine replica, host:port. */
    public static final String ENGINE = "engine";
    /** Path of a file or directory. */
    public static final String PATH = "path";
    /** How many. */
    public static final String COUNT = "count";
    /** Size in bytes. */
    public static final String SIZE_BYTES = "sizeBytes";

    private LogKeys() {}
}
