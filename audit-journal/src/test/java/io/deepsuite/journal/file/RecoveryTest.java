package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** What is found when a directory is opened that a crash, a bad disk or a careless hand has changed. */
class RecoveryTest {

    private static final int MANY_BYTES = 90;

    private final Layout layout = new Layout(Path.of("journal"));
    private MemoryStorage storage = new MemoryStorage();

    @BeforeTry
    void emptyStorage() {
        storage = new MemoryStorage();
    }

    /** A record, and where it lies. */
    private record Written(StoredRecord stored, Path file, long group, long end) {}

    /**
     * Writes groups as the journal does.
     *
     * @param groups number of records of each
     * @param perSegment groups in a segment
     * @param sealed whether the journal is closed, or killed
     */
    private List<Written> write(List<Integer> groups, int perSegment, boolean sealed) throws IOException {
        var catalog = new Catalog(List.of());
        var log = new SegmentLog(storage, layout, catalog, new BootFile(storage, layout.boot()), 1, null);
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (i % perSegment == 0) {
                log.begin();
            }
            Segment segment = catalog.last().orElseThrow();
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            for (int k = 0; k < groups.get(i); k++) {
                long sequence = log.nextSequence() + k;
                byte[] payload = ("event " + sequence + " " + "x".repeat((int) (sequence * 37 % MANY_BYTES)))
                        .getBytes(StandardCharsets.US_ASCII);
                RecordFormat.encode(
                        buffer, log.salt(), sequence, log.nextSequence(), Payload.encode(ByteString.EMPTY, payload));
                written.add(new Written(
                        new StoredRecord(new Position(1, sequence), ByteString.copyFrom(payload)),
                        segment.file(),
                        log.nextSequence(),
                        segment.durable().bytes() + buffer.position()));
            }
            log.append(buffer.flip(), groups.get(i));
        }
        if (sealed) {
            log.close();
        }
        return written;
    }

    private List<StoredRecord> recover() throws IOException {
        var found = new Recovery(storage, layout, Position.START, _ -> {}).run();
        List<StoredRecord> records = new ArrayList<>();
        try (var cursor = new JournalCursor(storage, new Catalog(found.segments()), Position.START)) {
            var next = cursor.next();
            while (next.isPresent()) {
                records.add(next.get());
                next = cursor.next();
            }
        }
        return records;
    }

    private static List<StoredRecord> stored(List<Written> written) {
        return written.stream().map(Written::stored).toList();
    }

    @Property(tries = 8)
    void whereverTheLastSegmentIsCutAllWholeRecordsBeforeSurviveAndNothingElseAppears(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 3) Integer> groups,
            @ForAll @IntRange(min = 1, max = 6) int perSegment,
            @ForAll boolean sealed)
            throws IOException {
        List<Written> written = write(groups, perSegment, sealed);
        Path last = written.getLast().file();
        byte[] content = storage.get(last);
        for (int cut = content.length; cut >= 0; cut--) {
            storage.put(last, Arrays.copyOf(content, cut));
            int at = cut;

            List<StoredRecord> recovered = recover();

            assertThat(recovered)
                    .as("cut at %d of %d", cut, content.length)
                    .isEqualTo(stored(written.stream()
                            .filter(each -> !each.file().equals(last) || each.end() <= at)
                            .toList()));
        }
    }

    @Property(tries = 8)
    void everyFlippedByteOfAClosedJournalIsNoticed(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3) Integer> groups,
            @ForAll @IntRange(min = 1, max = 5) int perSegment,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        List<Written> written = write(groups, perSegment, true);
        for (Path file : written.stream().map(Written::file).distinct().toList()) {
            long end = written.stream()
                    .filter(each -> each.file().equals(file))
                    .mapToLong(Written::end)
                    .max()
                    .orElseThrow();
            byte[] content = storage.get(file);
            for (int at = 0; at < content.length; at++) {
                content[at] ^= (byte) flip;
                storage.put(file, content);
                content[at] ^= (byte) flip;
                int offset = at;

                if (at < end) {
                    assertThatThrownBy(this::recover)
                            .as("byte %d of %s", at, file)
                            .isInstanceOfSatisfying(JournalCorruptException.class, damage -> {
                                assertThat(damage.file()).isEqualTo(file);
                                assertThat(damage.offset()).isBetween(Math.max(0L, offset - 400L), (long) offset);
                            });
                } else {
                    assertThat(recover()).as("only the seal is damaged").isEqualTo(stored(written));
                }
            }
            storage.put(file, content);
        }
    }

    /** Nothing tells a damaged last group from a torn one, so that alone is cut; anything before it was proven durable by the groups behind. */
    @Property(tries = 8)
    void afterACrashADamagedRecordIsCutOnlyIfItIsInTheLastGroup(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 3) Integer> groups,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        List<Written> written = write(groups, groups.size(), false);
        Path file = written.getFirst().file();
        long lastGroup = written.getLast().group();
        byte[] content = storage.get(file);
        long start = SegmentHeader.BYTES;
        for (int i = 0; i < written.size(); i++) {
            for (long at = start; at < written.get(i).end(); at++) {
                byte[] damaged = content.clone();
                damaged[(int) at] ^= (byte) flip;
                storage.put(file, damaged);

                if (written.get(i).group() < lastGroup) {
                    assertThat(catchThrowable(this::recover)).isInstanceOf(JournalCorruptException.class);
                } else {
                    assertThat(recover()).isEqualTo(stored(written.subList(0, i)));
                }
            }
            start = written.get(i).end();
        }
    }

    @Property(tries = 10)
    void aMissingSegmentIsNoticedUnlessItWasTheLast(
            @ForAll @Size(min = 3, max = 8) List<@IntRange(min = 1, max = 2) Integer> groups) throws IOException {
        List<Written> written = write(groups, 1, true);
        List<Path> files = written.stream().map(Written::file).distinct().toList();
        for (Path file : files.subList(0, files.size() - 1)) {
            byte[] content = storage.get(file);
            storage.delete(file);

            assertThatThrownBy(this::recover).isInstanceOf(JournalCorruptException.class);

            storage.put(file, content);
        }
    }

    @Example
    void readsWhatTheFirstVersionOfTheFormatWrote() throws IOException {
        // Given
        var header = new SegmentHeader(new SegmentId(1, 1), 1, 1);
        var payload = "an event of before".getBytes(StandardCharsets.US_ASCII);
        var content = ByteBuffer.allocate(1 << 10).put(header.encode());
        RecordFormat.encode(content, header.salt(), 1, 1, payload);
        content.put(RecordFormat.seal(header.salt(), 2)).flip();
        var bytes = new byte[content.remaining()];
        content.get(bytes);
        storage.put(layout.segment(header.id()), bytes);

        // Then
        assertThat(recover())
                .containsExactly(new StoredRecord(new Position(1, 1), ByteString.copyFrom(payload), ByteString.EMPTY));
    }

    @Property(tries = 10)
    void bytesOfAnotherSegmentNeverPassForThisOnes(@ForAll @IntRange(min = 1, max = 5) int records) throws IOException {
        // Given
        write(List.of(records), 1, false);
        Path first = layout.segment(new SegmentId(1, 1));
        byte[] stale = storage.get(first);
        storage.delete(first);

        // When
        var header = new SegmentHeader(new SegmentId(2, 1), 1);
        System.arraycopy(header.encode().array(), 0, stale, 0, SegmentHeader.BYTES);
        storage.put(layout.segment(header.id()), stale);

        // Then
        assertThat(recover()).isEmpty();
    }
}
