/** Where archived files are: a folder, or a bucket of an S3-compatible store. What is there is never overwritten. */
@NullMarked
package io.deepsuite.archive.place;

import org.jspecify.annotations.NullMarked;
