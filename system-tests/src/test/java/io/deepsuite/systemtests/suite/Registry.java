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
import java.net.URI;
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

    /** Adds a model with one version, which is stable from then on and served by that engine. */
    public void register(String model, URI engine) {
        var name = "models/" + model;
        stub.createModel(CreateModelRequest.newBuilder()
                .setModel(Model.newBuilder().setName(name))
                .build());
        stub.createModelVersion(CreateModelVersionRequest.newBuilder()
                .setParent(name)
                .setModelVersion(version(name, VERSION, engine))
                .build());
        stub.setAlias(SetAliasRequest.newBuilder()
                .setName(name)
                .setAlias("stable")
                .setVersion(VERSION)
                .build());
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
