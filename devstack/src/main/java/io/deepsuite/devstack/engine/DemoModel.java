package io.deepsuite.devstack.engine;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Port;
import java.nio.file.Path;
import java.util.Arrays;

/** The versions of the demo model, each served by an engine of its own. */
public enum DemoModel {
    STABLE("1.0.0", Component.LOCAL_ENGINE_STABLE, Port.ENGINE_STABLE),
    PREVIOUS("0.9.0", Component.LOCAL_ENGINE_PREVIOUS, Port.ENGINE_PREVIOUS);

    /** Name of the model in the registry and in its engines. */
    public static final String NAME = "tiny-translate";
    /** Precision of the weights. */
    public static final String QUANTIZATION = "q8_0";
    /** Longest input and answer together, tokens. */
    public static final int CONTEXT_TOKENS = 512;

    private final String version;
    private final Component engine;
    private final Port port;

    DemoModel(String version, Component engine, Port port) {
        this.version = version;
        this.engine = engine;
        this.port = port;
    }

    /** Semantic version. */
    public String version() {
        return version;
    }

    /** The process that serves it. */
    public Component engine() {
        return engine;
    }

    /** Port of that process. */
    public Port port() {
        return port;
    }

    /** The model's file. */
    public Path file(Installation installation) {
        return installation.models().resolve(NAME + "-" + version + "-" + QUANTIZATION + ".gguf");
    }

    /** What an engine serves. */
    static DemoModel servedBy(Component engine) {
        return Arrays.stream(values())
                .filter(model -> model.engine == engine)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine: " + engine));
    }
}
