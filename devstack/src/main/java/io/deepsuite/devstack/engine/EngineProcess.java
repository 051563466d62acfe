package io.deepsuite.devstack.engine;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.ProcessSpec;
import io.deepsuite.devstack.service.ServiceProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says how to start the engines and their supervisor. */
public final class EngineProcess {
    private final StackDirectory directory;
    private final Installation installation;
    private final Ports ports;

    public EngineProcess(StackDirectory directory, Installation installation, Ports ports) {
        this.directory = directory;
        this.installation = installation;
        this.ports = ports;
    }

    /** How to start the supervisor, which starts the engines. */
    public ProcessSpec supervisor() {
        return new ProcessSpec(
                List.of(
                        Installation.java(),
                        "-Xms8m",
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        installation.classPath(),
                        EngineSupervisor.class.getName(),
                        directory.root().toString(),
                        installation.repository().toString()),
                Map.of(),
                directory.data(Component.ENGINE_SUPERVISOR));
    }

    ProcessSpec engine(DemoModel model) {
        var certificates = directory.certificates();
        var identity = new Identity(
                "local-engine",
                certificates.resolve("local-engine.crt"),
                certificates.resolve("local-engine.key"),
                certificates.resolve("ca.crt"));
        var environment = new HashMap<>(ServiceProcess.listening(ports, Port.of(model.engine()), identity));
        environment.put("DEEPSUITE_ENGINE_MODEL_PATH", model.file(installation).toString());
        environment.put("DEEPSUITE_ENGINE_MODEL_NAME", DemoModel.NAME);
        environment.put("DEEPSUITE_ENGINE_MODEL_VERSION", model.version());
        return new ProcessSpec(
                List.of(
                        Installation.java(),
                        "-Xms16m",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        installation.runnableJar("local-engine").toString()),
                environment,
                directory.data(model.engine()));
    }
}
