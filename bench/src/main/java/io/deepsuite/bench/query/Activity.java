package io.deepsuite.bench.query;

import io.deepsuite.audit.v1.Operation;
import java.util.random.RandomGenerator;

/** What is done in a year of the suite, each with its share of a million events. */
enum Activity {
    CHAT("inference.chat", Operation.OPERATION_READ, "model", "model-service", 620_000),
    COMPLETION("inference.completion", Operation.OPERATION_READ, "model", "model-service", 120_000),
    GENERATE("inference.generate", Operation.OPERATION_READ, "model", "model-service", 60_000),
    MASK("text.mask", Operation.OPERATION_READ, "text", "dataprep-service", 120_000),
    UNMASK("text.unmask", Operation.OPERATION_READ, "text", "dataprep-service", 40_000),
    REPORT("signal.report", Operation.OPERATION_CREATE, "signal", "monitor-agent", 20_000),
    SNAPSHOT("signal.snapshot", Operation.OPERATION_READ, "signal", "monitor-agent", 10_000),
    GET_MODEL("model.get", Operation.OPERATION_READ, "model", "model-service", 6_000),
    LIST_MODELS("model.list", Operation.OPERATION_READ, "model", "model-service", 2_000),
    QUERY("audit-event.query", Operation.OPERATION_READ, "audit-event", "audit-service", 1_800),
    SET_ALIAS("model.set-alias", Operation.OPERATION_UPDATE, "model", "model-service", 180),
    CREATE_VERSION("model-version.create", Operation.OPERATION_CREATE, "model", "model-service", 10),
    DELETE_MODEL("model.delete", Operation.OPERATION_DELETE, "model", "model-service", 5),
    ARCHIVE_MONTH("month.archive", Operation.OPERATION_CREATE, "audit-month", "audit-archive", 5),
    /** Only what the shares leave, and in the oldest events: see {@link Trail}. */
    IMPORT("model.import", Operation.OPERATION_CREATE, "model", "model-service", 0);

    private static final int WHOLE = 1_000_000;

    private final String action;
    private final Operation operation;
    private final String resourceType;
    private final String service;
    private final int share;

    Activity(String action, Operation operation, String resourceType, String service, int share) {
        this.action = action;
        this.operation = operation;
        this.resourceType = resourceType;
        this.service = service;
        this.share = share;
    }

    static Activity draw(RandomGenerator random) {
        int place = random.nextInt(WHOLE);
        for (var activity : values()) {
            place -= activity.share;
            if (place < 0) {
                return activity;
            }
        }
        return CHAT;
    }

    String action() {
        return action;
    }

    Operation operation() {
        return operation;
    }

    String resourceType() {
        return resourceType;
    }

    String service() {
        return service;
    }

    boolean onModel() {
        return resourceType.equals("model");
    }
}
