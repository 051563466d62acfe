package io.deepsuite.archive.lifecycle;

import java.time.Period;

/**
 * What happens to data when it has an age.
 *
 * @param prefix which data; {@link LifecycleReader#AUDIT_EVENTS}, or a folder of the settings
 * @param age days since the end of the month that the data belongs to, or since a file was last changed
 * @param action what is done then
 */
public record LifecycleRule(String prefix, Period age, Action action) {

    /** What can be done. */
    public enum Action {
        /** A verified copy goes to the archive. */
        ARCHIVE,
        /** What is in the archive leaves the store, once its copy has been verified again. */
        DELETE
    }
}
