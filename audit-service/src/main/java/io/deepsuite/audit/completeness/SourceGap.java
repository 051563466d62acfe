package io.deepsuite.audit.completeness;

import java.time.Duration;

/**
 * Numbers of a source that have not arrived although they exist.
 *
 * @param numbers the numbers
 * @param visible how long ago something arrived that shows it; 0 or more
 */
public record SourceGap(NumberRun numbers, Duration visible) {}
