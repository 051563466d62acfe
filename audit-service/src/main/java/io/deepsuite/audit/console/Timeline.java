package io.deepsuite.audit.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When the events of a page happened, as stacked bars of a drawing of 960 by 96 units.
 *
 * @param from time of the earliest event, UTC
 * @param to time of the latest
 * @param most events of the tallest bar
 */
public record Timeline(String from, String to, int most, List<Bar> bars) {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 96;
    private static final int BARS = 60;
    private static final int STEP = WIDTH / BARS;

    /**
     * One stretch of time with events.
     *
     * @param x left edge
     * @param good top and height of what succeeded or is not decided
     * @param bad top and height of what failed
     * @param title what it stands for, in words
     */
    public record Bar(int x, Piece good, Piece bad, String title) {}

    /** A piece of a bar. */
    public record Piece(int y, int height) {}

    /** The timeline of events, newest first. */
    static Timeline of(List<EventView> events) {
        if (events.isEmpty()) {
            return new Timeline("", "", 0, List.of());
        }
        var first = events.getLast().time();
        var last = events.getFirst().time();
        long millis = Math.max(1, Duration.between(first, last).toMillis());
        int[] good = new int[BARS];
        int[] bad = new int[BARS];
        for (var event : events) {
            int at = (int)
                    Math.min(BARS - 1L, Duration.between(first, event.time()).toMillis() * BARS / millis);
            (event.isFailure() ? bad : good)[at]++;
        }
        int most = 1;
        for (int i = 0; i < BARS; i++) {
            most = Math.max(most, good[i] + bad[i]);
        }
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < BARS; i++) {
            if (good[i] + bad[i] > 0) {
                bars.add(bar(i, good[i], bad[i], most, first.plusMillis(millis * i / BARS)));
            }
        }
        return new Timeline(seconds(first), seconds(last), most, bars);
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return bars.isEmpty();
    }

    private static Bar bar(int place, int good, int bad, int most, Instant begin) {
        int goodHeight = good == 0 ? 0 : Math.max(2, HEIGHT * good / most);
        int badHeight = bad == 0 ? 0 : Math.max(2, HEIGHT * bad / most);
        goodHeight = Math.min(goodHeight, HEIGHT - badHeight);
        return new Bar(
                place * STEP + 1,
                new Piece(HEIGHT - goodHeight, goodHeight),
                new Piece(HEIGHT - goodHeight - badHeight, badHeight),
                "%s: %d succeeded, %d failed".formatted(seconds(begin), good, bad));
    }

    private static String seconds(Instant time) {
        return time.toString().substring(0, 19).replace('T', ' ');
    }
}
