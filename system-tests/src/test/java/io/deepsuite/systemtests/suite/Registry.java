package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.model.v1.CreateModelRequest;
import io.deepsuite.model.v1.CreateModelVersionRequest;
import io.deepsuite.model.v1.Engine;
import io.deepsuite.model.v1.Model;
import io.deepsuite.model.v1.ModelRegistryGrpc;
import io.deepsuite.model.v1.ModelVersion;
import io.deepsuite.model.v1.SetAliasRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/** Registers models as an administrator does. */
public final class Registry {

    /** Version that {@link #register} gives a model. */
    public static final String VERSION = "1.0.0";

    private final ModelRegistryGrpc.ModelRegistryBlockingStub stub;

    private Registry(ModelRegistryGrpc.ModelRegistryBlockingStub stub) {
        this.stub = stub;
    }

    /** As role model-admin. */
    public static Registry of(Suite suite) {
        return new Registry(GrpcFace.as(
                ModelRegistryGrpc.newBlockingStub(suite.grpc(Port.MODEL).channel()),
                suite.token(Role.MODEL_ADMIN),
                "registry-" + UUID.randomUUID()));
    }

    /** The registry itself. */
    public ModelRegistryGrpc.ModelRegistryBlockingStub stub() {
        return stub;
    }

    /** Adds a model whose stable version that engine serves; a model that is there already gets one more version. */
    public void register(String model, URI engine) {
        var name = "models/" + model;
        var version = create(name) ? VERSION : "1.0." + Instant.now().getEpochSecond();
        stub.createModelVersion(CreateModelVersionRequest.newBuilder()
                .setParent(name)
                .setModelVersion(version(name, version, engine))
                .build());
        stub.setAlias(SetAliasRequest.newBuilder()
                .setName(name)
                .setAlias("stable")
                .setVersion(version)
                .build());
    }

    private boolean create(String name) {
        try {
            return stub.createModel(CreateModelRequest.newBuilder()
                            .setModel(Model.newBuilder().setName(name))
                            .build())
                    .hasModel();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.ALREADY_EXISTS) {
                return false;
            }
            throw e;
        }
    }

    /** A version that an engine serves under the model's own name. */
    public static ModelVersion version(String model, String version, URI engine) {
        return ModelVersion.newBuilder()
                .setName(model + "/versions/" + version)
                .setArtifactSha256("0123456789abcdef".repeat(4))
                .setArtifactSizeBytes(1)
                .setQuantization("fp16")
                .setContextTokens(4096)
                .addEngines(Engine.newBuilder()
                        .setProtocol(Engine.Protocol.PROTOCOL_OPENAI)
                        .setAddress(engine.toString())
                        .setEngineModel(model.substring("models/".length())))
                .build();
    }
}
