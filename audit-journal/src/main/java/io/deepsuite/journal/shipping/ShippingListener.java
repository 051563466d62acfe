package io.deepsuite.journal.shipping;

/** Is told how shipping goes. Called on the shipper's thread, so it must not block. */
public interface ShippingListener {

    /** Ignores everything. */
    ShippingListener NONE = new ShippingListener() {};

    /** The broker has acknowledged events, and all before them. */
    default void shipped(int events) {}

    /** Shipping has failed and will be tried again. */
    default void failed() {}
}
