package io.deepsuite.servicekit.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.util.ArrayList;

/**
 * Gives the gRPC services of the suite marshallers that survive messages they cannot read. Services of libraries, such as health, have the qualifier
 * {@code @GrpcService} instead of the default one and stay as they are.
 */
@Decorator
@Priority(1)
public class TolerantServices implements BindableService {

    private final BindableService delegate;
    private final long maxBytes;

    @Inject
    TolerantServices(@Delegate @Default BindableService delegate, GrpcConfig config) {
        this.delegate = delegate;
        this.maxBytes = config.maxMessageSize().asLongValue();
    }

    @Override
    public ServerServiceDefinition bindService() {
        var original = delegate.bindService();
        var methods = new ArrayList<ServerMethodDefinition<?, ?>>();
        for (var method : original.getMethods()) {
            methods.add(tolerant(method));
        }
        var descriptor = ServiceDescriptor.newBuilder(
                        original.getServiceDescriptor().getName())
                .setSchemaDescriptor(original.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        var service = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private <Q, S> ServerMethodDefinition<Q, S> tolerant(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> original = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                original.toBuilder(
                                new TolerantMarshaller<>(original.getRequestMarshaller(), maxBytes),
                                original.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }
}
