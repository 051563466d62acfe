package io.deepsuite.proof.bundle;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Writes a bundle of many events to measure the verifier with, and its public key beside it; not a test. Arguments: file, number of events. Then
 * {@code time ./deepsuite verify --key <file>.vkey <file>}.
 */
final class VerifyThroughput {

    private static final String LOG = "deepsuite.audit.v1/0";
    private static final int SOURCES = 8;
    /** What the events of chats have besides their source, bytes. */
    private static final int REST = 380;

    private VerifyThroughput() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var file = Path.of(arguments[0]);
        int events = Integer.parseInt(arguments[1]);
        var signer = new PrivateKeySigner(
                "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        Files.writeString(Path.of(file + ".vkey"), signer.verifier().toText());
        try (var writer =
                new BundleWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), Instant.EPOCH)) {
            var random = new Random(1);
            var frontier = Frontier.empty();
            writer.beginRange(LOG, frontier);
            for (int i = 0; i < events; i++) {
                byte[] event = event(i, random);
                writer.event(event);
                frontier = frontier.append(TreeHash.ofLeaf(event));
                if (i % (events / 500 + 1) == 0) {
                    writer.signed(note(signer, frontier));
                }
            }
            writer.endRange(new ConsistencyProof(events, events, List.of()), note(signer, frontier));
            writer.end();
        }
    }

    private static String note(PrivateKeySigner signer, Frontier frontier) {
        return SignedNote.sign(new Checkpoint(LOG, frontier.size(), frontier.root()).body(), List.of(signer))
                .toText();
    }

    private static byte[] event(int number, Random random) {
        byte[] rest = new byte[REST];
        random.nextBytes(rest);
        var source = UnknownFieldSet.newBuilder()
                .addField(1, text("model-service"))
                .addField(2, text("model-service-" + number % SOURCES))
                .addField(3, Field.newBuilder().addVarint(3).build())
                .addField(4, Field.newBuilder().addVarint(number / SOURCES + 1).build())
                .addField(5, text("deepsuite-model"))
                .build();
        return UnknownFieldSet.newBuilder()
                .addField(1, text("01a2039c-7579-7db7-ab01-09b0e09020ae"))
                .addField(
                        3,
                        Field.newBuilder()
                                .addLengthDelimited(source.toByteString())
                                .build())
                .addField(
                        6,
                        Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(rest))
                                .build())
                .build()
                .toByteArray();
    }

    private static Field text(String value) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value))
                .build();
    }
}
