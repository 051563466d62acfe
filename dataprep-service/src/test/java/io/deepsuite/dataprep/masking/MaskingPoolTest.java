package io.deepsuite.dataprep.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MaskingPoolTest {

    @Test
    void refusesWorkBeyondItsQueue() throws InterruptedException {
        var pool = new MaskingPool(new TestConfig(1, 1, 1, 1));
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var done = new CompletableFuture<Boolean>();
        pool.execute(() -> {
            started.countDown();
            await(release);
        });
        started.await();
        pool.execute(() -> done.complete(true));

        assertThatThrownBy(() -> pool.execute(() -> {}))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.OVERLOADED));

        release.countDown();
        assertThat(done.join()).isTrue();
        pool.stop();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
