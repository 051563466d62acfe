package io.deepsuite.devstack.layout;

import java.util.Arrays;
import java.util.List;

/** Every port of the stack. */
public enum Port {
    MODEL(Component.MODEL_SERVICE, 18_441),
    MODEL_MANAGEMENT(Component.MODEL_SERVICE, 18_081),
    DATAPREP(Component.DATAPREP_SERVICE, 18_442),
    DATAPREP_MANAGEMENT(Component.DATAPREP_SERVICE, 18_082),
    MONITOR(Component.MONITOR_AGENT, 18_443),
    MONITOR_MANAGEMENT(Component.MONITOR_AGENT, 18_083),
    AUDIT(Component.AUDIT_SERVICE, 18_444),
    AUDIT_MANAGEMENT(Component.AUDIT_SERVICE, 18_084),
    ENGINE_STABLE(Component.LOCAL_ENGINE_STABLE, 18_451),
    ENGINE_STABLE_MANAGEMENT(Component.LOCAL_ENGINE_STABLE, 18_461),
    ENGINE_PREVIOUS(Component.LOCAL_ENGINE_PREVIOUS, 18_452),
    ENGINE_PREVIOUS_MANAGEMENT(Component.LOCAL_ENGINE_PREVIOUS, 18_462),
    KAFKA(Component.KAFKA, 19_092),
    KAFKA_CONTROLLER(Component.KAFKA, 19_093),
    POSTGRES(Component.POSTGRES, 15_432),
    KEYCLOAK(Component.KEYCLOAK, 18_543),
    REDIS(Component.REDIS, 16_379);

    private final Component component;
    private final int standard;

    Port(Component component, int standard) {
        this.component = component;
        this.standard = standard;
    }

    /** Who listens on it. */
    public Component component() {
        return component;
    }

    /** The documented number. */
    public int standard() {
        return standard;
    }

    /** The ports of one component, its main one first. */
    public static List<Port> of(Component component) {
        return Arrays.stream(values())
                .filter(port -> port.component == component)
                .toList();
    }
}
