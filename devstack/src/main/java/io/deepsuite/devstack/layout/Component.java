package io.deepsuite.devstack.layout;

import java.util.EnumSet;
import java.util.Set;

/** Every process of the stack, in the order in which it is started; it is stopped in reverse. */
public enum Component {
    POSTGRES("postgres", Kind.INFRASTRUCTURE),
    KAFKA("kafka", Kind.INFRASTRUCTURE),
    KEYCLOAK("keycloak", Kind.INFRASTRUCTURE),
    REDIS("redis", Kind.INFRASTRUCTURE),
    /** Starts and restarts the two engines; ends them when it ends. */
    ENGINE_SUPERVISOR("engine-supervisor", Kind.ENGINE),
    /** Started by {@link #ENGINE_SUPERVISOR} only; killing it makes the supervisor start another. */
    LOCAL_ENGINE_STABLE("local-engine-1.0.0", Kind.ENGINE),
    /** Started by {@link #ENGINE_SUPERVISOR} only; killing it makes the supervisor start another. */
    LOCAL_ENGINE_PREVIOUS("local-engine-0.9.0", Kind.ENGINE),
    MONITOR_AGENT("monitor-agent", Kind.SERVICE),
    DATAPREP_SERVICE("dataprep-service", Kind.SERVICE),
    AUDIT_SERVICE("audit-service", Kind.SERVICE),
    MODEL_SERVICE("model-service", Kind.SERVICE);

    private final String processName;
    private final Kind kind;

    Component(String processName, Kind kind) {
        this.processName = processName;
        this.kind = kind;
    }

    /** Name of the process: of its PID file, its log, its certificate where it has one. */
    public String processName() {
        return processName;
    }

    /** What sort of process this is. */
    public Kind kind() {
        return kind;
    }

    /** Whether another component starts this one. */
    public boolean supervised() {
        return this == LOCAL_ENGINE_STABLE || this == LOCAL_ENGINE_PREVIOUS;
    }

    /** PostgreSQL, Kafka, Keycloak and Redis. */
    public static Set<Component> infrastructure() {
        return EnumSet.of(POSTGRES, KAFKA, KEYCLOAK, REDIS);
    }

    /** Everything. */
    public static Set<Component> all() {
        return EnumSet.allOf(Component.class);
    }

    /** Sorts of processes. */
    public enum Kind {
        /** What the services stand on. */
        INFRASTRUCTURE,
        /** Model runners. */
        ENGINE,
        /** Our own services. */
        SERVICE
    }
}
