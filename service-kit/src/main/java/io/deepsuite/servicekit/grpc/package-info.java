/** What every gRPC server and client of the suite does alike: typed failures, bounds, tokens and ids on outgoing calls. */
@NullMarked
package io.deepsuite.servicekit.grpc;

import org.jspecify.annotations.NullMarked;
