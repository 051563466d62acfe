package io.deepsuite.proof.bundle;

import java.util.List;

/** What the verifier found. */
public sealed interface Verdict {

    /**
     * Everything fits.
     *
     * @param events events of the bundle
     * @param withheld leaves whose events are not in the bundle
     * @param logs one line per log, for people
     * @param sources number of sources whose sequence was followed
     */
    record Valid(long events, long withheld, List<String> logs, int sources) implements Verdict {

        public Valid {
            logs = List.copyOf(logs);
        }
    }

    /**
     * What is here fits, but it is not all: some leaves are said to be in archives that were not given. Whether their events exist is not known.
     *
     * @param checked what was checked
     * @param leaves leaves that were not
     * @param archives where they are said to be, one line for each run of them, for people
     */
    record Incomplete(Valid checked, long leaves, List<String> archives) implements Verdict {

        public Incomplete {
            archives = List.copyOf(archives);
        }
    }

    /**
     * Something does not.
     *
     * @param place where: log and leaf, source and number, or line
     * @param fault what is wrong there, one sentence
     */
    record Invalid(String place, String fault) implements Verdict {}

    /** One line for people. */
    default String summary() {
        return switch (this) {
            case Valid valid ->
                valid.sources() == 0
                        ? "valid: %,d chosen events in %d logs, nothing changed"
                                .formatted(valid.events(), valid.logs().size())
                        : "valid: %,d events%s in %d logs from %d sources, nothing missing and nothing changed"
                                .formatted(
                                        valid.events(),
                                        valid.withheld() == 0
                                                ? ""
                                                : " and %,d leaves without their events".formatted(valid.withheld()),
                                        valid.logs().size(),
                                        valid.sources());
            case Incomplete incomplete ->
                "NOT CHECKED: %,d leaves are said to be in archives that were not given; apart from them %s"
                        .formatted(incomplete.leaves(), incomplete.checked().summary());
            case Invalid invalid -> "INVALID: %s: %s".formatted(invalid.place(), invalid.fault());
        };
    }
}
