package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry in memory: inference goes on from here when the database is down. Safe for use by many threads. */
@ApplicationScoped
public class RouteTable implements Routes {

    private final ModelStore store;
    private final AtomicReference<Optional<Map<String, OfModel>>> current = new AtomicReference<>(Optional.empty());

    RouteTable(ModelStore store) {
        this.store = store;
    }

    /** Whether the registry has been read at least once. */
    public boolean loaded() {
        return current.get().isPresent();
    }

    /** Reads the registry again; blocks. Fails with {@link ErrorReason#DATABASE_UNAVAILABLE} and keeps what it has. */
    public void refresh() {
        var snapshot = store.snapshot();
        var versions = snapshot.versions().stream().collect(Collectors.groupingBy(ModelVersion::model));
        var routes = snapshot.models().stream()
                .collect(Collectors.toMap(
                        RegisteredModel::id,
                        model -> OfModel.of(model, versions.getOrDefault(model.id(), List.of())),
                        (first, _) -> first,
                        TreeMap::new));
        current.set(Optional.of(routes));
    }

    @Override
    public ModelVersion resolve(String reference) {
        var at = reference.indexOf('@');
        var model = at < 0 ? reference : reference.substring(0, at);
        var routes = Optional.ofNullable(routes().get(model)).orElseThrow(() -> RegistryErrors.modelNotFound(model));
        var version = at < 0 ? routes.model().aliases().get(RegisteredModel.STABLE) : reference.substring(at + 1);
        if (version == null) {
            throw RegistryErrors.versionNotFound(model, RegisteredModel.STABLE);
        }
        return Optional.ofNullable(routes.versions().get(version))
                .orElseThrow(() -> RegistryErrors.versionNotFound(model, version));
    }

    /** Everything a caller can name, in order of name: each model with a stable version, then each of its versions. */
    public List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (var routes : routes().values()) {
            if (routes.model().aliases().containsKey(RegisteredModel.STABLE)) {
                entries.add(new Entry(routes.model().id(), routes.model().createTime()));
            }
            routes.versions().values().stream()
                    .sorted((left, right) -> right.version().compareTo(left.version()))
                    .forEach(version -> entries.add(new Entry(version.reference(), version.createTime())));
        }
        return List.copyOf(entries);
    }

    /** Every engine of every version. */
    public List<ModelVersion.EngineReplica> engines() {
        return current.get().stream()
                .flatMap(table -> table.values().stream())
                .flatMap(routes -> routes.versions().values().stream())
                .flatMap(version -> version.engines().stream())
                .distinct()
                .toList();
    }

    private Map<String, OfModel> routes() {
        return current.get()
                .orElseThrow(() -> new DeepsuiteException(
                        ErrorReason.DATABASE_UNAVAILABLE, "the registry has not been read since the start"));
    }

    /**
     * A name that a caller can use.
     *
     * @param reference {@code tiny-translate} or {@code tiny-translate@1.0.0}
     * @param createTime when it was added (UTC)
     */
    public record Entry(String reference, Instant createTime) {}

    private record OfModel(RegisteredModel model, Map<String, ModelVersion> versions) {
        static OfModel of(RegisteredModel model, List<ModelVersion> versions) {
            return new OfModel(
                    model,
                    versions.stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    version -> version.version().toString(), Function.identity())));
        }
    }
}
