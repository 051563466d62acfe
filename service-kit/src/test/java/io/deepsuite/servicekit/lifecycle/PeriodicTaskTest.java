package io.deepsuite.servicekit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch thrice = new CountDownLatch(3);
    private final AtomicInteger times = new AtomicInteger();
    private PeriodicTask task = new PeriodicTask("counting", PAUSE, this::count);

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void isDoneAgainAndAgain() throws InterruptedException {
        task.start();

        assertThat(thrice.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failureDoesNotEndIt() throws InterruptedException {
        task = new PeriodicTask("failing", PAUSE, () -> {
            count();
            throw times.get() == 1 ? new IOException("first") : new IllegalStateException("later");
        });
        task.start();

        assertThat(thrice.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isStoppedWhileItWaits() throws InterruptedException {
        task = new PeriodicTask("rare", Duration.ofDays(1), this::count);
        task.start();

        task.stop();

        assertThat(task.awaitEnd(PATIENCE)).isTrue();
        assertThat(times).hasValue(0);
    }

    @Test
    void canBeginWithoutAPause() throws InterruptedException {
        var done = new CountDownLatch(1);
        task = new PeriodicTask("rare", Duration.ofDays(1), done::countDown);

        task.startAtOnce();

        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isStoppedInTheMiddleOfATime() throws InterruptedException {
        var begun = new CountDownLatch(1);
        task = new PeriodicTask("endless", PAUSE, () -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        task.start();
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        task.stop();

        assertThat(task.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void isStartedOnceOnly() {
        task.start();

        assertThatThrownBy(task::start).hasMessage("counting was started before");
    }

    @Test
    void refusesAPauseOfNothing() {
        assertThatThrownBy(() -> new PeriodicTask("busy", Duration.ZERO, this::count))
                .hasMessage("pause of busy: PT0S (expected: more than zero)");
    }

    private void count() {
        times.incrementAndGet();
        thrice.countDown();
    }
}
