package io.deepsuite.journal.shipping;

import java.time.Duration;

/**
 * How to ship.
 *
 * @param topic where events go to
 * @param keyTopic where the keys of persons go to
 * @param mostInFlight records sent and not yet acknowledged, at most
 * @param backoff how long to wait after failures
 * @param releaseInterval how often the position is written while no segment could be freed by it; more often costs forces, less often duplicates after a crash
 */
public record ShipperSettings(
        String topic, String keyTopic, int mostInFlight, Backoff backoff, Duration releaseInterval) {}
