package io.deepsuite.audit.console;

import io.deepsuite.audit.tier.Tier;
import java.util.List;

/**
 * What of the time asked for was not searched, for people.
 *
 * @param sentence all of it in short; empty when everything was searched
 * @param lines one for each archive, the newest first
 */
public record ArchivesView(String sentence, List<String> lines) {

    public ArchivesView {
        lines = List.copyOf(lines);
    }

    static ArchivesView of(List<Tier> archives) {
        return new ArchivesView(
                sentence(archives),
                archives.stream()
                        .map(archive -> "%s: %d records at %s"
                                .formatted(
                                        archive.month().month(),
                                        archive.records(),
                                        archive.month().location()))
                        .toList());
    }

    /** Months may be many, so that only the first and the last have their names here. */
    private static String sentence(List<Tier> archives) {
        return switch (archives.size()) {
            case 0 -> "";
            case 1 -> "Without %s, which is in the archive only.".formatted(month(archives.getFirst()));
            default ->
                "Without %d months from %s to %s, which are in the archive only."
                        .formatted(archives.size(), month(archives.getLast()), month(archives.getFirst()));
        };
    }

    private static String month(Tier archive) {
        return archive.month().month().toString();
    }
}
