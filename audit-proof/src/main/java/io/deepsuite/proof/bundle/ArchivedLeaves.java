package io.deepsuite.proof.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves that are said to be in an archive. The store says where, and whoever owns it can say anything; so what counts is that the archive has the event, at
 * the same place of the log, and that it hashes to the leaf that was signed.
 */
final class ArchivedLeaves implements AutoCloseable {

    private final List<Path> folders;
    private final Map<String, BundleLine.Archive> named = new HashMap<>();
    private final Map<String, ArchivedMonth> months = new HashMap<>();
    private final List<Run> uncheckedRuns = new ArrayList<>();
    private long unchecked;

    /** @param folders of archives; when there are none, nothing can be looked for */
    ArchivedLeaves(List<Path> folders) {
        this.folders = folders;
    }

    /** Takes the name of an archive. @throws Refusal if the month was named otherwise before */
    void name(BundleLine.Archive archive) {
        var before = named.putIfAbsent(archive.month(), archive);
        if (before != null && !before.equals(archive)) {
            throw new Refusal(place(archive.month()), "it is named twice, and differently");
        }
    }

    /**
     * Looks for the event of a leaf.
     *
     * @return the event; empty when no archive was given
     * @throws Refusal if the archive does not have it, or is not the one that was named
     */
    Optional<BundleLine.Event> find(BundleLine.Archived line, String origin, long leaf) {
        var archive = named.get(line.month());
        if (archive == null) {
            throw new Refusal(Places.leaf(origin, leaf), "the archive of %s was not named".formatted(line.month()));
        }
        if (folders.isEmpty()) {
            note(archive, origin, leaf);
            return Optional.empty();
        }
        var event = find(archive, origin, leaf);
        if (event.isEmpty()) {
            throw new Refusal(
                    Places.leaf(origin, leaf),
                    "the event was deleted: the archive of %s, where it is said to be, does not have it"
                            .formatted(line.month()));
        }
        if (!event.get().leaf().equals(line.leaf())) {
            throw new Refusal(
                    Places.leaf(origin, leaf),
                    "the event was changed: the archive of %s has another one".formatted(line.month()));
        }
        return event;
    }

    /** Leaves that were not looked for. */
    long unchecked() {
        return unchecked;
    }

    /** Where they are said to be, in the order of the bundle. */
    List<String> uncheckedPlaces() {
        return uncheckedRuns.stream().map(Run::toText).toList();
    }

    private Optional<BundleLine.Event> find(BundleLine.Archive archive, String origin, long leaf) {
        try {
            var month = months.get(archive.month());
            if (month == null) {
                month = ArchivedMonth.open(folders, archive);
                months.put(archive.month(), month);
            }
            return month.find(origin, leaf);
        } catch (IOException e) {
            throw new Refusal(place(archive.month()), "it cannot be read: " + e.getMessage());
        }
    }

    private void note(BundleLine.Archive archive, String origin, long leaf) {
        unchecked++;
        var last = uncheckedRuns.isEmpty() ? null : uncheckedRuns.getLast();
        if (last != null && last.archive.equals(archive) && last.origin.equals(origin) && last.to == leaf) {
            last.to++;
        } else {
            uncheckedRuns.add(new Run(archive, origin, leaf));
        }
    }

    static String place(String month) {
        return "archive of " + month;
    }

    @Override
    public void close() {
        months.values().forEach(ArchivedMonth::close);
    }

    /** Leaves side by side that one archive is said to have. */
    private static final class Run {

        private final BundleLine.Archive archive;
        private final String origin;
        private final long from;
        private long to;

        Run(BundleLine.Archive archive, String origin, long from) {
            this.archive = archive;
            this.origin = origin;
            this.from = from;
            this.to = from + 1;
        }

        String toText() {
            return "%s: said to be in the archive of %s, manifest sha256 %s, %s"
                    .formatted(
                            Places.leaves(origin, from, to - 1),
                            archive.month(),
                            archive.manifest(),
                            archive.location().replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
