package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.OptionsProto;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads how gRPC methods are audited from their contracts. A method of the suite without a declaration stops the start. */
@ApplicationScoped
public class GrpcDeclarations {

    /** Packages of the suite; others, such as health and reflection, are not audited. */
    private static final String SUITE_PREFIX = "deepsuite.";

    private final Map<String, Optional<Declaration>> known = new ConcurrentHashMap<>();

    void check(@Observes StartupEvent start, @Any Instance<BindableService> services) {
        for (var service : services) {
            service.bindService().getMethods().stream()
                    .map(ServerMethodDefinition::getMethodDescriptor)
                    .forEach(this::of);
        }
    }

    /**
     * How calls of a method are audited; empty for methods that are not the suite's.
     *
     * @throws IllegalStateException if a method of the suite declares nothing
     */
    Optional<Declaration> of(MethodDescriptor<?, ?> method) {
        return known.computeIfAbsent(method.getFullMethodName(), name -> {
            if (!name.startsWith(SUITE_PREFIX)) {
                return Optional.empty();
            }
            return Optional.of(read(method)
                    .orElseThrow(() -> new IllegalStateException(
                            name + " does not declare the option deepsuite.audit.v1.audited")));
        });
    }

    private static Optional<Declaration> read(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
            return Optional.empty();
        }
        var options = schema.getMethodDescriptor().getOptions();
        if (!options.hasExtension(OptionsProto.audited)) {
            return Optional.empty();
        }
        var audited = options.getExtension(OptionsProto.audited);
        return Optional.of(new Declaration(audited.getOperation(), audited.getAction(), audited.getResourceType()));
    }
}
