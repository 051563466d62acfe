package io.deepsuite.devstack.layout;

/** As what the services run. */
public enum Packaging {
    /** The jar of the build, on a JVM. */
    JVM,
    /** The native executable that {@code ./deepsuite native} makes. */
    NATIVE
}
