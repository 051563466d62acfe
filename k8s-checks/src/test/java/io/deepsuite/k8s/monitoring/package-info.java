/** Holds rules, dashboards, routes and scalers to the metrics that exist, and alerts to their runbook. */
@NullMarked
package io.deepsuite.k8s.monitoring;

import org.jspecify.annotations.NullMarked;
