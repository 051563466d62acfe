package io.deepsuite.k8s.policy;

import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Images are named by digest, or by a tag that says a version. */
final class PinnedImages implements Policy {
    private static final Pattern DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");
    private static final Pattern VERSIONED = Pattern.compile(".+:[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*");
    private static final Set<String> MOVING = Set.of("latest", "stable", "main", "master", "nightly");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return Workload.of(manifests)
                .flatMap(workload -> workload.allContainers()
                        .map(container -> container.path("image").asText())
                        .filter(image -> !pinned(image))
                        .map(image -> "%s: image \"%s\" is not pinned".formatted(workload.id(), image)));
    }

    private static boolean pinned(String image) {
        var tag = image.substring(image.lastIndexOf(':') + 1);
        return DIGEST.matcher(image).matches() || (VERSIONED.matcher(image).matches() && !MOVING.contains(tag));
    }
}
