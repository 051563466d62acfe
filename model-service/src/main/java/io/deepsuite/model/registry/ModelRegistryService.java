package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Use cases of the registry. Every method blocks on the database and fails with a typed reason. */
@ApplicationScoped
class ModelRegistryService {

    private static final Logger LOGGER = LoggerFactory.getLogger(ModelRegistryService.class);
    private static final Pattern ALIAS = Pattern.compile("[a-z]([a-z-]{0,61}[a-z])?");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9._-]{0,63}");
    private static final int MAX_DISPLAY_NAME = 200;
    private static final int MAX_ENGINES = 100;
    private static final int MAX_ENGINE_MODEL = 200;

    private final ModelStore store;
    private final RouteTable routes;
    private final RegistryConfig config;
    private final InstantSource clock;

    ModelRegistryService(ModelStore store, RouteTable routes, RegistryConfig config, InstantSource clock) {
        this.store = store;
        this.routes = routes;
        this.config = config;
        this.clock = clock;
    }

    /** Adds a model without versions. */
    RegisteredModel createModel(ResourceName.OfModel name, String displayName) {
        Fields.inRange(
                "model.display_name length", displayName.codePointCount(0, displayName.length()), 0, MAX_DISPLAY_NAME);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var stored = store.insert(new RegisteredModel(name.model(), displayName, Map.of(), now, 1));
        refreshRoutes();
        return stored;
    }

    RegisteredModel getModel(ResourceName.OfModel name) {
        return store.find(name.model()).orElseThrow(() -> RegistryErrors.modelNotFound(name.model()));
    }

    /** One page of models in order of name. */
    Page<RegisteredModel> listModels(int pageSize, String pageToken) {
        var size = Page.size(pageSize);
        var after = PageToken.after("models", pageToken);
        return Page.of(store.listAfter(after, size + 1), size, "models", RegisteredModel::id);
    }

    /** Adds a version; its time of creation is set here. */
    ModelVersion createVersion(ModelVersion asked) {
        checkVersion(asked);
        var stored = store.insertVersion(new ModelVersion(
                asked.model(),
                asked.version(),
                asked.artifactSha256(),
                asked.artifactSizeBytes(),
                asked.quantization(),
                asked.contextTokens(),
                asked.engines(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        refreshRoutes();
        return stored;
    }

    ModelVersion getVersion(ResourceName.OfVersion name) {
        var found = store.findVersion(name.model(), name.version());
        if (found.isEmpty()) {
            var model = getModel(new ResourceName.OfModel(name.model()));
            throw RegistryErrors.versionNotFound(model.id(), name.version().toString());
        }
        return found.get();
    }

    /** One page of a model's versions, the highest first. */
    Page<ModelVersion> listVersions(ResourceName.OfModel parent, int pageSize, String pageToken) {
        var size = Page.size(pageSize);
        var list = parent + "/versions";
        var after = PageToken.after(list, pageToken);
        getModel(parent);
        var highestFirst = store.versions(parent.model()).stream()
                .sorted(Comparator.comparing(ModelVersion::version).reversed());
        var rest = after.isEmpty()
                ? highestFirst
                : highestFirst.filter(version -> version.version().compareTo(SemanticVersion.parse(after)) < 0);
        return Page.of(
                rest.limit(size + 1L).toList(),
                size,
                list,
                version -> version.version().toString());
    }

    /** Points an alias at a version. An empty etag skips the check. */
    RegisteredModel setAlias(ResourceName.OfModel name, String alias, SemanticVersion version, String etag) {
        Fields.matching("alias", alias, ALIAS, "1 to 63 lower-case letters and dashes, such as stable");
        var stored = store.setAlias(name.model(), alias, version, etag);
        refreshRoutes();
        return stored;
    }

    /** The change is stored; when it cannot be read back just now, the next periodic reading takes it. */
    private void refreshRoutes() {
        try {
            routes.refresh();
        } catch (DeepsuiteException failure) {
            LOGGER.atWarn().setCause(failure).log("routes not refreshed after a change");
        }
    }

    private void checkVersion(ModelVersion asked) {
        Fields.matching(
                "model_version.artifact_sha256",
                asked.artifactSha256(),
                SHA256,
                "the artifact's SHA-256 as 64 lower-case hexadecimal characters");
        Fields.inRange("model_version.artifact_size_bytes", asked.artifactSizeBytes(), 0, Long.MAX_VALUE);
        Fields.inRange("model_version.context_tokens", asked.contextTokens(), 0, Integer.MAX_VALUE);
        Fields.matching(
                "model_version.quantization",
                asked.quantization(),
                LABEL,
                "at most 63 letters, digits, dots, dashes and underscores");
        Fields.inRange("model_version.engines length", asked.engines().size(), 1, MAX_ENGINES);
        asked.engines().forEach(this::checkEngine);
    }

    private void checkEngine(ModelVersion.EngineReplica engine) {
        Fields.inRange(
                "model_version.engines.engine_model length",
                engine.engineModel().length(),
                1,
                MAX_ENGINE_MODEL);
        if (!isBaseAddress(engine.address())) {
            throw Fields.invalid(
                    "model_version.engines.address",
                    Fields.shortened(engine.address()),
                    "a base address such as https://127.0.0.1:18451, without path, query or user");
        }
    }

    private boolean isBaseAddress(String address) {
        try {
            var uri = new URI(address);
            var scheme =
                    "https".equals(uri.getScheme()) || (config.plainHttpEngines() && "http".equals(uri.getScheme()));
            var path = uri.getRawPath();
            return scheme
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (path == null || path.isEmpty() || path.equals("/"));
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
