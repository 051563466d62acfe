package io.deepsuite.proof.witness;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.SignedNote;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A checkpoint to co-sign, with the proof that it continues the last one. The body of {@code add-checkpoint} in C2SP tlog-witness.
 *
 * @param oldSize size that the proof begins at; 0 the first time
 * @param path consistency proof from the old size; empty if the old size is 0
 * @param note the checkpoint
 * @param checkpoint what it says
 */
public record WitnessRequest(long oldSize, List<TreeHash> path, SignedNote note, Checkpoint checkpoint) {

    private static final int MAX_PATH = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

    public WitnessRequest {
        path = List.copyOf(path);
    }

    /**
     * Reads the text form: a line {@code old SIZE}, the hashes of the proof in base64 one a line, an empty line, the checkpoint.
     *
     * @throws IllegalArgumentException naming what is wrong
     * @throws io.deepsuite.proof.note.NoteException when the checkpoint is none
     */
    public static WitnessRequest parse(String text) {
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("request: no empty line before the checkpoint");
        }
        List<String> lines = text.substring(0, end).lines().toList();
        var old = OLD.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!old.matches()) {
            throw new IllegalArgumentException(
                    "request: '%s' (expected: old and a size)".formatted(lines.isEmpty() ? "" : lines.getFirst()));
        }
        if (lines.size() - 1 > MAX_PATH) {
            throw new IllegalArgumentException(
                    "proof: %d hashes (expected: at most %d)".formatted(lines.size() - 1, MAX_PATH));
        }
        List<TreeHash> path = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            path.add(TreeHash.of(Base64.getDecoder().decode(line)));
        }
        SignedNote note = SignedNote.parse(text.substring(end + 2));
        return new WitnessRequest(Long.parseLong(old.group(1)), path, note, Checkpoint.parse(note.text()));
    }

    /** The text form. */
    public String toText() {
        var text = new StringBuilder("old ").append(oldSize).append('\n');
        path.forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.append('\n').append(note.toText()).toString();
    }
}
