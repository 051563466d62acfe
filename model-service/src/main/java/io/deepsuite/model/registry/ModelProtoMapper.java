package io.deepsuite.model.registry;

import com.google.protobuf.Timestamp;
import io.deepsuite.model.v1.Engine;
import io.deepsuite.model.v1.Model;
import java.time.Instant;

/** Translates between the registry's records and its contract. */
final class ModelProtoMapper {

    private ModelProtoMapper() {}

    static Model toProto(RegisteredModel model) {
        return Model.newBuilder()
                .setName(new ResourceName.OfModel(model.id()).toString())
                .setDisplayName(model.displayName())
                .putAllAliases(model.aliases())
                .setCreateTime(toProto(model.createTime()))
                .setEtag(model.etag())
                .build();
    }

    static io.deepsuite.model.v1.ModelVersion toProto(ModelVersion version) {
        var proto = io.deepsuite.model.v1.ModelVersion.newBuilder()
                .setName(new ResourceName.OfVersion(version.model(), version.version()).toString())
                .setArtifactSha256(version.artifactSha256())
                .setArtifactSizeBytes(version.artifactSizeBytes())
                .setQuantization(version.quantization())
                .setContextTokens(version.contextTokens())
                .setCreateTime(toProto(version.createTime()));
        version.engines().forEach(engine -> proto.addEngines(toProto(engine)));
        return proto.build();
    }

    /** Reads a version to add: its parent must be {@code parent}. */
    static ModelVersion fromProto(ResourceName.OfModel parent, io.deepsuite.model.v1.ModelVersion proto) {
        var name = ResourceName.version("model_version.name", proto.getName());
        if (!name.model().equals(parent.model())) {
            throw Fields.invalid("model_version.name", Fields.shortened(proto.getName()), "a version of " + parent);
        }
        return new ModelVersion(
                name.model(),
                name.version(),
                proto.getArtifactSha256(),
                proto.getArtifactSizeBytes(),
                proto.getQuantization(),
                proto.getContextTokens(),
                proto.getEnginesList().stream().map(ModelProtoMapper::fromProto).toList(),
                Instant.EPOCH);
    }

    private static Engine toProto(ModelVersion.EngineReplica engine) {
        return Engine.newBuilder()
                .setProtocol(
                        switch (engine.protocol()) {
                            case OPENAI -> Engine.Protocol.PROTOCOL_OPENAI;
                        })
                .setAddress(engine.address())
                .setEngineModel(engine.engineModel())
                .build();
    }

    private static ModelVersion.EngineReplica fromProto(Engine engine) {
        var protocol = switch (engine.getProtocol()) {
            case PROTOCOL_OPENAI -> ModelVersion.Protocol.OPENAI;
            case PROTOCOL_UNSPECIFIED, UNRECOGNIZED ->
                throw Fields.invalid(
                        "model_version.engines.protocol",
                        Integer.toString(engine.getProtocolValue()),
                        "PROTOCOL_OPENAI");
        };
        return new ModelVersion.EngineReplica(protocol, engine.getAddress(), engine.getEngineModel());
    }

    private static Timestamp toProto(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
