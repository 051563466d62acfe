package io.deepsuite.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotPoolTest {

    private static final long STACK = 64L << 20;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final SlotPool pool = new SlotPool(2, 3, STACK);

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    @Test
    void runsWorkOnPlatformThreadsWithALargeStack() {
        var thread = new AtomicReference<Thread>();
        var depth = new AtomicInteger();

        pool.submit(_ -> {
            depth.set(descend(0));
            thread.set(Thread.currentThread());
        });

        await().until(() -> thread.get() != null);
        assertThat(thread.get().isVirtual()).isFalse();
        assertThat(depth.get()).isEqualTo(100_000);
    }

    private static int descend(int depth) {
        return depth == 100_000 ? depth : descend(depth + 1);
    }

    @Test
    void refusesWhatTheQueueDoesNotHold() {
        occupySlots();
        for (int i = 0; i < 3; i++) {
            pool.submit(_ -> {});
        }

        assertThatThrownBy(() -> pool.submit(_ -> {})).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.OVERLOADED);
            assertThat(refusal.reason().status()).isEqualTo(429);
        });
        assertThat(pool.queued()).isEqualTo(3);
    }

    @Test
    void freesThePlaceOfACancelledWaiter() {
        occupySlots();
        var ran = new AtomicBoolean();
        SlotPool.Ticket waiting = pool.submit(_ -> ran.set(true));
        pool.submit(_ -> {});
        pool.submit(_ -> {});

        waiting.cancel();

        assertThat(pool.queued()).isEqualTo(2);
        pool.submit(_ -> {});
        gate.countDown();
        await().until(() -> pool.busy() == 0 && pool.queued() == 0);
        assertThat(ran).isFalse();
    }

    @Test
    void keepsASlotAfterWorkThatFails() {
        for (int i = 0; i < 3; i++) {
            pool.submit(_ -> {
                throw new IllegalStateException("deliberate");
            });
        }
        var ran = new CountDownLatch(1);
        pool.submit(_ -> ran.countDown());

        await().dontCatchUncaughtExceptions().until(() -> ran.getCount() == 0);
    }

    @Test
    void cancelsWhatRunsAndTakesNothingMoreWhenClosed() {
        var started = new AtomicBoolean();
        var seen = new AtomicBoolean();
        SlotPool.Ticket running = pool.submit(ticket -> {
            started.set(true);
            while (!ticket.cancelled()) {
                Thread.onSpinWait();
            }
            seen.set(true);
        });
        // Work that still waits when the pool closes leaves the queue unrun, which is another case.
        await().untilTrue(started);

        pool.close();

        assertThat(running.cancelled()).isTrue();
        await().untilTrue(seen);
        assertThat(pool.accepting()).isFalse();
        assertThatThrownBy(() -> pool.submit(_ -> {}))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.STOPPING));
    }

    private void occupySlots() {
        for (int i = 0; i < 2; i++) {
            pool.submit(_ -> {
                try {
                    gate.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        await().until(() -> pool.busy() == 2);
    }
}
