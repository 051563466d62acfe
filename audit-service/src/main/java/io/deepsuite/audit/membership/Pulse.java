package io.deepsuite.audit.membership;

/**
 * What the brokers have answered a consumer since it was made.
 *
 * @param heartbeats answers of the group's coordinator, 0 or more
 * @param fetches answers to fetches of records, with or without any, 0 or more
 */
record Pulse(long heartbeats, long fetches) {}
