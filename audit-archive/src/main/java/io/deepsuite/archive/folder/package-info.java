/** Folders of files, such as logs of trainings: copied to the archive file by file, by their age. */
@NullMarked
package io.deepsuite.archive.folder;

import org.jspecify.annotations.NullMarked;
