package io.deepsuite.model.registry;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Row of table {@code model} with its aliases. */
@Entity
@Table(name = "model")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class ModelEntity {

    @Id
    @Column(name = "name", nullable = false, updatable = false)
    String name;

    @Column(name = "display_name", nullable = false)
    String displayName;

    @Column(name = "revision", nullable = false)
    long revision;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "model_alias", joinColumns = @JoinColumn(name = "model_name"))
    @MapKeyColumn(name = "alias")
    @Column(name = "version", nullable = false)
    Map<String, String> aliases = new HashMap<>();

    protected ModelEntity() {}

    static ModelEntity of(RegisteredModel model) {
        var entity = new ModelEntity();
        entity.name = model.id();
        entity.displayName = model.displayName();
        entity.revision = model.revision();
        entity.createdAt = model.createTime();
        entity.aliases.putAll(model.aliases());
        return entity;
    }

    RegisteredModel toModel() {
        return new RegisteredModel(name, displayName, aliases, createdAt, revision);
    }
}
