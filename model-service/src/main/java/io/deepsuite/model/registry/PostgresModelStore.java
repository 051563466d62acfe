package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Keeps models in PostgreSQL through Hibernate Reactive. Call it from a thread that may block. */
@ApplicationScoped
class PostgresModelStore implements ModelStore {

    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;
    private final RegistryConfig config;

    PostgresModelStore(Mutiny.SessionFactory sessions, Vertx vertx, RegistryConfig config) {
        this.sessions = sessions;
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public RegisteredModel insert(RegisteredModel model) {
        return transact(
                session -> session.find(ModelEntity.class, model.id())
                        .onItem()
                        .ifNotNull()
                        .failWith(() -> RegistryErrors.modelExists(model.id()))
                        .chain(() -> session.persist(ModelEntity.of(model)))
                        .replaceWith(model),
                () -> RegistryErrors.modelExists(model.id()));
    }

    @Override
    public Optional<RegisteredModel> find(String model) {
        return transact(session -> session.find(ModelEntity.class, model)
                .map(found -> Optional.ofNullable(found).map(ModelEntity::toModel)));
    }

    @Override
    public List<RegisteredModel> listAfter(String after, int limit) {
        return transact(session -> session.createSelectionQuery(
                        "from ModelEntity where name > :after order by name", ModelEntity.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(found -> found.stream().map(ModelEntity::toModel).toList()));
    }

    @Override
    public ModelVersion insertVersion(ModelVersion version) {
        var entity = ModelVersionEntity.of(version);
        return transact(
                session -> session.find(ModelEntity.class, version.model())
                        .onItem()
                        .ifNull()
                        .failWith(() -> RegistryErrors.modelNotFound(version.model()))
                        .chain(() -> session.find(ModelVersionEntity.class, entity.key))
                        .onItem()
                        .ifNotNull()
                        .failWith(() -> RegistryErrors.versionExists(version.model(), version.version()))
                        .chain(() -> session.persist(entity))
                        .replaceWith(version),
                () -> RegistryErrors.versionExists(version.model(), version.version()));
    }

    @Override
    public Optional<ModelVersion> findVersion(String model, SemanticVersion version) {
        var key = new ModelVersionEntity.Key(model, version.toString());
        return transact(session -> session.find(ModelVersionEntity.class, key)
                .map(found -> Optional.ofNullable(found).map(ModelVersionEntity::toVersion)));
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return transact(session -> session.createSelectionQuery(
                        "select distinct v from ModelVersionEntity v left join fetch v.engines where v.key.modelName = :model",
                        ModelVersionEntity.class)
                .setParameter("model", model)
                .getResultList()
                .map(PostgresModelStore::toVersions));
    }

    @Override
    public RegisteredModel setAlias(String model, String alias, SemanticVersion version, String etag) {
        var key = new ModelVersionEntity.Key(model, version.toString());
        return transact(session -> session.find(ModelEntity.class, model, LockMode.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> RegistryErrors.modelNotFound(model))
                .call(() -> session.find(ModelVersionEntity.class, key)
                        .onItem()
                        .ifNull()
                        .failWith(() -> RegistryErrors.versionNotFound(model, version.toString())))
                .map(entity -> pointed(entity, alias, version, etag)));
    }

    private static RegisteredModel pointed(ModelEntity entity, String alias, SemanticVersion version, String etag) {
        var before = entity.toModel();
        if (!etag.isEmpty() && !etag.equals(before.etag())) {
            throw RegistryErrors.etagMismatch(before, etag);
        }
        entity.aliases.put(alias, version.toString());
        entity.revision++;
        return entity.toModel();
    }

    @Override
    public Snapshot snapshot() {
        return transact(session -> session.createSelectionQuery(
                        "select distinct m from ModelEntity m left join fetch m.aliases", ModelEntity.class)
                .getResultList()
                .chain(models -> session.createSelectionQuery(
                                "select distinct v from ModelVersionEntity v left join fetch v.engines",
                                ModelVersionEntity.class)
                        .getResultList()
                        .map(versions -> new Snapshot(
                                models.stream().map(ModelEntity::toModel).toList(), toVersions(versions)))));
    }

    private static List<ModelVersion> toVersions(List<ModelVersionEntity> found) {
        return found.stream().map(ModelVersionEntity::toVersion).toList();
    }

    private <T> T transact(Function<Mutiny.Session, Uni<T>> work) {
        return transact(work, null);
    }

    /**
     * Runs one transaction on an event loop, since Hibernate Reactive works nowhere else, and waits for it.
     *
     * @param duplicate what to throw when a unique constraint was violated, because another call was faster
     */
    private <T> T transact(Function<Mutiny.Session, Uni<T>> work, @Nullable Supplier<DeepsuiteException> duplicate) {
        try {
            return onEventLoop(() -> sessions.withTransaction(work)).await().atMost(config.databaseTimeout());
        } catch (DeepsuiteException known) {
            throw known;
        } catch (RuntimeException failure) { // the driver's failures have no common type
            throw duplicate != null && isUniqueViolation(failure)
                    ? duplicate.get()
                    : RegistryErrors.databaseUnavailable(failure);
        }
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(ConstraintViolationException.class::isInstance);
    }

    private <T> Uni<T> onEventLoop(Supplier<Uni<T>> work) {
        var context = ((ContextInternal) vertx.getOrCreateContext()).unwrap().duplicate();
        VertxContextSafetyToggle.setContextSafe(context, true);
        return Uni.createFrom()
                .emitter(emitter ->
                        context.runOnContext(_ -> work.get().subscribe().with(emitter::complete, emitter::fail)));
    }
}
