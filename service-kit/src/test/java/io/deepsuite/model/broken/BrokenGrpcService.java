package io.deepsuite.model.broken;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

/** Lets everybody in, and leaves its thread to the platform. */
@GrpcService
public class BrokenGrpcService {

    @RunOnVirtualThread
    public Uni<String> read() {
        return Uni.createFrom().item("open to all");
    }
}
