/** The journal's files: append-only segments that are forced before an event counts, recovered after a crash and freed once they are shipped. */
@NullMarked
package io.deepsuite.journal.file;

import org.jspecify.annotations.NullMarked;
