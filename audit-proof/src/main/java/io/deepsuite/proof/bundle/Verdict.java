package io.deepsuite.proof.bundle;

import java.time.Instant;
import java.util.List;

/** What the verifier found. */
public sealed interface Verdict {

    /**
     * All that is here fits. It is all that there is, as far as the verifier can know, when nothing is named as absent.
     *
     * @param events events of the bundle
     * @param withheld leaves whose events are not in the bundle
     * @param unseen numbers of sources that no event has; those of leaves without their events may be among them
     * @param logs one line per log, for people
     * @param sources number of sources whose sequence was followed
     * @param created when the bundle was made (UTC), as its maker says
     * @param absent leaves that were signed and are not here, one line for each run of them, for people
     */
    record Valid(
            long events,
            long withheld,
            long unseen,
            List<String> logs,
            int sources,
            Instant created,
            List<String> absent)
            implements Verdict {

        public Valid {
            logs = List.copyOf(logs);
            absent = List.copyOf(absent);
        }

        /** Whether nothing that was signed is absent. */
        public boolean isWhole() {
            return absent.isEmpty();
        }

        private String text() {
            return "%svalid: %,d events%s in %d logs%s, %s, as of %s"
                    .formatted(
                            isWhole() ? "" : "A PART: ",
                            events,
                            withheld == 0 ? "" : " and %,d leaves without their events".formatted(withheld),
                            logs.size(),
                            sources == 0 ? "" : " from %d sources".formatted(sources),
                            found(),
                            created);
        }

        /** Nobody can tell which event a leaf is that is not shown, so a number that nobody has seen is not called there. */
        private String found() {
            if (!isWhole()) {
                return "nothing changed";
            }
            return unseen == 0
                    ? "nothing missing and nothing changed"
                    : "nothing changed, %,d numbers of sources not seen, which these leaves may have".formatted(unseen);
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
            case Valid valid -> valid.text();
            case Incomplete incomplete ->
                "NOT CHECKED: %,d leaves are said to be in archives that were not given; apart from them %s"
                        .formatted(incomplete.leaves(), incomplete.checked().summary());
            case Invalid invalid -> "INVALID: %s: %s".formatted(invalid.place(), invalid.fault());
        };
    }
}
