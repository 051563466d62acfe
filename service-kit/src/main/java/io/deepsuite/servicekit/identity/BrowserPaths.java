package io.deepsuite.servicekit.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths that a browser may reach without a client certificate. Everything else is refused, and so is everything that could be read in two ways: a path counts
 * only when it is already what any router would make of it, without escapes, empty or dotted segments, parameters or foreign characters.
 *
 * @param allowed the whole of a path as it is sent; nothing is allowed when empty
 */
public record BrowserPaths(Optional<Pattern> allowed) {

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";
    private static final Pattern ROOT = Pattern.compile("/" + SEGMENT);

    /**
     * The paths of a configuration.
     *
     * @throws IllegalArgumentException if the root is not one plain segment
     */
    public static BrowserPaths of(IdentityConfig config) {
        return of(config.browserRoot());
    }

    static BrowserPaths of(Optional<String> root) {
        return new BrowserPaths(root.map(text -> {
            if (!ROOT.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "deepsuite.identity.browser-root: %s (expected: one segment, such as /console)"
                                .formatted(text));
            }
            return Pattern.compile(Pattern.quote(text) + "(/" + SEGMENT + ")*/?");
        }));
    }

    /** Whether a path, as it stands in the request, is one of them. */
    public boolean contain(String path) {
        return allowed.filter(pattern -> pattern.matcher(path).matches()).isPresent();
    }
}
