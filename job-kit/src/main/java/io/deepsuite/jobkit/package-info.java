/** What jobs that run as the owner of a database share. */
@NullMarked
package io.deepsuite.jobkit;

import org.jspecify.annotations.NullMarked;
