package io.deepsuite.proof.note;

import io.deepsuite.proof.merkle.TreeHash;
import java.util.Base64;
import java.util.List;

/**
 * The head of a log: how many leaves it has, and the root over them.
 *
 * <p>Source: C2SP tlog-checkpoint.
 *
 * @param origin name of the log, one line, unique to it
 * @param size number of leaves, 0 or more
 * @param root root of the tree of that size
 * @param extensions further lines, none empty
 */
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {

    private static final int FIXED_LINES = 3;

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("origin: '%s' (expected: one line, not empty)".formatted(origin));
        }
        if (size < 0) {
            throw new IllegalArgumentException("size: %d (expected: 0 or more)".formatted(size));
        }
        extensions = List.copyOf(extensions);
        for (String line : extensions) {
            if (line.isEmpty() || line.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("extension: '%s' (expected: one line, not empty)".formatted(line));
            }
        }
    }

    /** A checkpoint without extensions. */
    public Checkpoint(String origin, long size, TreeHash root) {
        this(origin, size, root, List.of());
    }

    /** The text that is signed; ends with a line feed. */
    public String body() {
        var text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root.toBase64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Reads the text of a note.
     *
     * @throws NoteException when it is not a checkpoint; the message names the line
     */
    public static Checkpoint parse(String body) {
        List<String> lines = body.lines().toList();
        if (!body.endsWith("\n") || lines.size() < FIXED_LINES) {
            throw new NoteException("checkpoint: %d lines (expected: origin, size and root)".formatted(lines.size()));
        }
        try {
            return new Checkpoint(
                    lines.get(0),
                    parseSize(lines.get(1)),
                    parseRoot(lines.get(2)),
                    lines.subList(FIXED_LINES, lines.size()));
        } catch (IllegalArgumentException e) {
            throw new NoteException("checkpoint: " + e.getMessage(), e);
        }
    }

    private static long parseSize(String line) {
        if (!line.matches("0|[1-9][0-9]{0,18}")) {
            throw new IllegalArgumentException(
                    "size: '%s' (expected: a decimal number without leading zeros)".formatted(line));
        }
        return Long.parseLong(line);
    }

    private static TreeHash parseRoot(String line) {
        return TreeHash.of(Base64.getDecoder().decode(line));
    }
}
