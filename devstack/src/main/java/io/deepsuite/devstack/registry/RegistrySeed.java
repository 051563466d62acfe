package io.deepsuite.devstack.registry;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.engine.DemoModel;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.model.v1.CreateModelRequest;
import io.deepsuite.model.v1.CreateModelVersionRequest;
import io.deepsuite.model.v1.Engine;
import io.deepsuite.model.v1.Model;
import io.deepsuite.model.v1.ModelRegistryGrpc;
import io.deepsuite.model.v1.ModelVersion;
import io.deepsuite.model.v1.SetAliasRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Registers the demo model through the registry's own interface, as an administrator would. */
public final class RegistrySeed {
    private static final String MODEL = "models/" + DemoModel.NAME;
    private static final int DEADLINE_SECONDS = 60;

    private static final int ATTEMPTS = 3;
    /** A machine that is busy starting everything may need another moment. */
    private static final Set<Status.Code> PASSING = Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);

    private final Installation installation;
    private final Ports ports;
    private final Identity identity;

    /** @param identity certificate that carries the calls; the token must be bound to it */
    public RegistrySeed(Installation installation, Ports ports, Identity identity) {
        this.installation = installation;
        this.ports = ports;
        this.identity = identity;
    }

    /**
     * Registers what is not registered yet.
     *
     * @param token bearer token with role model-admin
     * @throws DevstackException if the registry refuses or does not answer
     */
    public void run(String token) {
        for (int attempt = 1; ; attempt++) {
            try {
                register(token);
                return;
            } catch (StatusRuntimeException e) {
                boolean passing = PASSING.contains(e.getStatus().getCode());
                if (!passing || attempt == ATTEMPTS) {
                    throw new DevstackException("the registry refuses the demo model: " + e.getStatus(), e);
                }
            }
        }
    }

    private void register(String token) {
        try (var channel = GrpcChannel.open(identity, ports.of(Port.MODEL))) {
            var registry = ModelRegistryGrpc.newBlockingStub(channel.with(token));
            boolean isNew = create(() -> registry.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .createModel(CreateModelRequest.newBuilder()
                            .setModel(Model.newBuilder()
                                    .setName(MODEL)
                                    .setDisplayName("Translates short Chinese product titles into English"))
                            .build()));
            for (var model : DemoModel.values()) {
                var version = version(model);
                isNew |= create(() -> registry.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .createModelVersion(CreateModelVersionRequest.newBuilder()
                                .setParent(MODEL)
                                .setModelVersion(version)
                                .build()));
            }
            if (isNew) {
                // An alias that people moved since is theirs.
                var response = registry.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .setAlias(SetAliasRequest.newBuilder()
                                .setName(MODEL)
                                .setAlias("stable")
                                .setVersion(DemoModel.STABLE.version())
                                .build());
                if (!response.hasModel()) {
                    throw new DevstackException("the registry answers without the model");
                }
            }
        }
    }

    private ModelVersion version(DemoModel model) {
        var file = model.file(installation);
        try {
            return ModelVersion.newBuilder()
                    .setName(MODEL + "/versions/" + model.version())
                    .setArtifactSha256(sha256(file))
                    .setArtifactSizeBytes(Files.size(file))
                    .setQuantization(DemoModel.QUANTIZATION)
                    .setContextTokens(DemoModel.CONTEXT_TOKENS)
                    .addEngines(Engine.newBuilder()
                            .setProtocol(Engine.Protocol.PROTOCOL_OPENAI)
                            .setAddress("https://127.0.0.1:" + ports.of(model.port()))
                            .setEngineModel(DemoModel.NAME))
                    .build();
        } catch (IOException e) {
            throw new DevstackException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean create(Runnable call) {
        try {
            call.run();
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.ALREADY_EXISTS) {
                return false;
            }
            throw e;
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
