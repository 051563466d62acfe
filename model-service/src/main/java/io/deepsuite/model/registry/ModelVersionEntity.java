package io.deepsuite.model.registry;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** Row of table {@code model_version} with its engines. */
@Entity
@Immutable
@Table(name = "model_version")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class ModelVersionEntity {

    @EmbeddedId
    Key key;

    @Column(name = "artifact_sha256", nullable = false)
    String artifactSha256;

    @Column(name = "artifact_size_bytes", nullable = false)
    long artifactSizeBytes;

    @Column(name = "quantization", nullable = false)
    String quantization;

    @Column(name = "context_tokens", nullable = false)
    int contextTokens;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "model_version_engine",
            joinColumns = {
                @JoinColumn(name = "model_name", referencedColumnName = "model_name"),
                @JoinColumn(name = "version", referencedColumnName = "version")
            })
    @OrderColumn(name = "position")
    List<EngineRow> engines = new ArrayList<>();

    protected ModelVersionEntity() {}

    static ModelVersionEntity of(ModelVersion version) {
        var entity = new ModelVersionEntity();
        entity.key = new Key(version.model(), version.version().toString());
        entity.artifactSha256 = version.artifactSha256();
        entity.artifactSizeBytes = version.artifactSizeBytes();
        entity.quantization = version.quantization();
        entity.contextTokens = version.contextTokens();
        entity.createdAt = version.createTime();
        version.engines().forEach(engine -> entity.engines.add(EngineRow.of(engine)));
        return entity;
    }

    ModelVersion toVersion() {
        return new ModelVersion(
                key.modelName(),
                SemanticVersion.parse(key.version()),
                artifactSha256,
                artifactSizeBytes,
                quantization,
                contextTokens,
                engines.stream().map(EngineRow::toReplica).toList(),
                createdAt);
    }

    /** Primary key. */
    @Embeddable
    record Key(
            @Column(name = "model_name", nullable = false) String modelName,
            @Column(name = "version", nullable = false) String version) {}

    /** Row of table {@code model_version_engine}. */
    @Embeddable
    record EngineRow(
            @Enumerated(EnumType.STRING) @Column(name = "protocol", nullable = false)
            ModelVersion.Protocol protocol,

            @Column(name = "address", nullable = false) String address,
            @Column(name = "engine_model", nullable = false) String engineModel) {

        static EngineRow of(ModelVersion.EngineReplica replica) {
            return new EngineRow(replica.protocol(), replica.address(), replica.engineModel());
        }

        ModelVersion.EngineReplica toReplica() {
            return new ModelVersion.EngineReplica(protocol, address, engineModel);
        }
    }
}
