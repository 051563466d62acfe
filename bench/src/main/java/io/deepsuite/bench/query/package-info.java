/** How fast audit-service answers auditors from ten million events: every filter, first pages and deep ones. */
@NullMarked
package io.deepsuite.bench.query;

import org.jspecify.annotations.NullMarked;
