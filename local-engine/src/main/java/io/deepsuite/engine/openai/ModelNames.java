package io.deepsuite.engine.openai;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;

/**
 * The names of the one model that is served.
 *
 * @param name such as {@code tiny-translate}
 * @param version such as {@code 1.0.0}
 */
record ModelNames(String name, String version) {

    /** Name with version, as answers carry it. */
    String full() {
        return name + "@" + version;
    }

    boolean matches(String asked) {
        return asked.equals(name) || asked.equals(full());
    }

    /**
     * Takes either name of the model.
     *
     * @throws Refusal {@link RefusalReason#MODEL_NOT_FOUND} if another model is asked for
     */
    void require(String asked) {
        if (!matches(asked)) {
            throw new Refusal(
                    RefusalReason.MODEL_NOT_FOUND,
                    "no such model here (expected: %s or %s)".formatted(name, full()),
                    "model");
        }
    }
}
