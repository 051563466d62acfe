package io.deepsuite.model.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps models in memory; can be told to be down. */
final class MemoryModelStore implements ModelStore {

    private final TreeMap<String, RegisteredModel> models = new TreeMap<>();
    private final List<ModelVersion> versions = new ArrayList<>();
    private boolean down;

    void goDown() {
        down = true;
    }

    private void check() {
        if (down) {
            throw RegistryErrors.databaseUnavailable(new IllegalStateException("down"));
        }
    }

    @Override
    public RegisteredModel insert(RegisteredModel model) {
        check();
        if (models.putIfAbsent(model.id(), model) != null) {
            throw RegistryErrors.modelExists(model.id());
        }
        return model;
    }

    @Override
    public Optional<RegisteredModel> find(String model) {
        check();
        return Optional.ofNullable(models.get(model));
    }

    @Override
    public List<RegisteredModel> listAfter(String after, int limit) {
        check();
        return models.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public ModelVersion insertVersion(ModelVersion version) {
        check();
        if (!models.containsKey(version.model())) {
            throw RegistryErrors.modelNotFound(version.model());
        }
        if (findVersion(version.model(), version.version()).isPresent()) {
            throw RegistryErrors.versionExists(version.model(), version.version());
        }
        versions.add(version);
        return version;
    }

    @Override
    public Optional<ModelVersion> findVersion(String model, SemanticVersion version) {
        check();
        return versions(model).stream()
                .filter(candidate -> candidate.version().equals(version))
                .findFirst();
    }

    @Override
    public List<ModelVersion> versions(String model) {
        check();
        return versions.stream()
                .filter(version -> version.model().equals(model))
                .toList();
    }

    @Override
    public RegisteredModel setAlias(String model, String alias, SemanticVersion version, String etag) {
        check();
        var before = find(model).orElseThrow(() -> RegistryErrors.modelNotFound(model));
        if (findVersion(model, version).isEmpty()) {
            throw RegistryErrors.versionNotFound(model, version.toString());
        }
        if (!etag.isEmpty() && !etag.equals(before.etag())) {
            throw RegistryErrors.etagMismatch(before, etag);
        }
        var aliases = new TreeMap<>(before.aliases());
        aliases.put(alias, version.toString());
        var after = new RegisteredModel(
                before.id(), before.displayName(), aliases, before.createTime(), before.revision() + 1);
        models.put(model, after);
        return after;
    }

    @Override
    public Snapshot snapshot() {
        check();
        return new Snapshot(List.copyOf(models.values()), versions);
    }
}
