package io.deepsuite.audit.completeness;

/** How to read what has arrived of a source behind its first gap, without reading every row of it. */
final class SourceIslands {

    /**
     * A query for use behind {@code LATERAL}, with the columns {@code first_sequence} and {@code last_sequence}; islands that touch may come as two. Each row of
     * {@code source_run} tells where the island began that it continued, so that one look into the primary key leads from an island to the one before. Numbers are
     * stored once, and so are in one row only: the row before an island is the one that ends nearest to it. At most {@link SourceProgress#MOST} are read.
     *
     * @param source alias of what has the columns {@code service}, {@code instance} and {@code boot}
     * @param watermark where to stop: expression for the number up to which nothing is missing
     */
    static String select(String source, String watermark) {
        return """
                WITH RECURSIVE island AS (
                    (SELECT coalesce(r.island_first, r.first_sequence) AS first_sequence, r.last_sequence, 1 AS step
                       FROM source_run r
                      WHERE r.service = %1$s.service AND r.instance = %1$s.instance AND r.boot = %1$s.boot
                        AND r.first_sequence > %2$s
                      ORDER BY r.first_sequence DESC LIMIT 1)
                     UNION ALL
                    SELECT below.first_sequence, below.last_sequence, island.step + 1
                      FROM island
                     CROSS JOIN LATERAL (
                        SELECT coalesce(r.island_first, r.first_sequence) AS first_sequence, r.last_sequence
                          FROM source_run r
                         WHERE r.service = %1$s.service AND r.instance = %1$s.instance AND r.boot = %1$s.boot
                           AND r.first_sequence > %2$s AND r.first_sequence < island.first_sequence
                         ORDER BY r.first_sequence DESC LIMIT 1) AS below
                     WHERE island.step < %3$d
                )
                SELECT first_sequence, last_sequence FROM island
                """.formatted(source, watermark, SourceProgress.MOST);
    }

    private SourceIslands() {}
}
