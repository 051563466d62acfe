package io.deepsuite.model.broken;

import io.smallrye.config.ConfigMapping;

/** A mapping under a wrong name. */
@ConfigMapping(prefix = "broken")
public interface Settings {

    int size();
}
