package io.deepsuite.model.registry;

import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.model.v1.CreateModelRequest;
import io.deepsuite.model.v1.CreateModelResponse;
import io.deepsuite.model.v1.CreateModelVersionRequest;
import io.deepsuite.model.v1.CreateModelVersionResponse;
import io.deepsuite.model.v1.GetModelRequest;
import io.deepsuite.model.v1.GetModelResponse;
import io.deepsuite.model.v1.GetModelVersionRequest;
import io.deepsuite.model.v1.GetModelVersionResponse;
import io.deepsuite.model.v1.ListModelVersionsRequest;
import io.deepsuite.model.v1.ListModelVersionsResponse;
import io.deepsuite.model.v1.ListModelsRequest;
import io.deepsuite.model.v1.ListModelsResponse;
import io.deepsuite.model.v1.ModelRegistry;
import io.deepsuite.model.v1.SetAliasRequest;
import io.deepsuite.model.v1.SetAliasResponse;
import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** gRPC face of the registry. */
@GrpcService
class ModelRegistryGrpcService implements ModelRegistry {

    private final ModelRegistryService registry;
    private final CurrentAudit audit;
    private final ExecutorService threads;

    ModelRegistryGrpcService(
            ModelRegistryService registry, CurrentAudit audit, @VirtualThreads ExecutorService threads) {
        this.registry = registry;
        this.audit = audit;
        this.threads = threads;
    }

    @Override
    @RolesAllowed("model-admin")
    public Uni<CreateModelResponse> createModel(CreateModelRequest request) {
        return answer(scope -> {
            var name = ResourceName.model("model.name", request.getModel().getName());
            scope.resource(name.model(), "", "");
            announce(scope);
            var model = registry.createModel(name, request.getModel().getDisplayName());
            return CreateModelResponse.newBuilder()
                    .setModel(ModelProtoMapper.toProto(model))
                    .build();
        });
    }

    @Override
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<GetModelResponse> getModel(GetModelRequest request) {
        return answer(scope -> {
            var name = ResourceName.model("name", request.getName());
            scope.resource(name.model(), "", "");
            var model = registry.getModel(name);
            return GetModelResponse.newBuilder()
                    .setModel(ModelProtoMapper.toProto(model))
                    .build();
        });
    }

    @Override
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<ListModelsResponse> listModels(ListModelsRequest request) {
        return answer(scope -> {
            var page = registry.listModels(request.getPageSize(), request.getPageToken());
            scope.attribute("item_count", Integer.toString(page.items().size()));
            var response = ListModelsResponse.newBuilder().setNextPageToken(page.nextToken());
            page.items().forEach(model -> response.addModels(ModelProtoMapper.toProto(model)));
            return response.build();
        });
    }

    @Override
    @RolesAllowed("model-admin")
    public Uni<CreateModelVersionResponse> createModelVersion(CreateModelVersionRequest request) {
        return answer(scope -> {
            var parent = ResourceName.model("parent", request.getParent());
            scope.resource(parent.model(), "", "");
            var asked = ModelProtoMapper.fromProto(parent, request.getModelVersion());
            scope.resource(asked.model(), asked.version().toString(), "");
            announce(scope);
            var version = registry.createVersion(asked);
            describe(scope, version);
            return CreateModelVersionResponse.newBuilder()
                    .setModelVersion(ModelProtoMapper.toProto(version))
                    .build();
        });
    }

    @Override
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<GetModelVersionResponse> getModelVersion(GetModelVersionRequest request) {
        return answer(scope -> {
            var name = ResourceName.version("name", request.getName());
            scope.resource(name.model(), name.version().toString(), "");
            var version = registry.getVersion(name);
            describe(scope, version);
            return GetModelVersionResponse.newBuilder()
                    .setModelVersion(ModelProtoMapper.toProto(version))
                    .build();
        });
    }

    @Override
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<ListModelVersionsResponse> listModelVersions(ListModelVersionsRequest request) {
        return answer(scope -> {
            var parent = ResourceName.model("parent", request.getParent());
            scope.resource(parent.model(), "", "");
            var page = registry.listVersions(parent, request.getPageSize(), request.getPageToken());
            scope.attribute("item_count", Integer.toString(page.items().size()));
            var response = ListModelVersionsResponse.newBuilder().setNextPageToken(page.nextToken());
            page.items().forEach(version -> response.addModelVersions(ModelProtoMapper.toProto(version)));
            return response.build();
        });
    }

    @Override
    @RolesAllowed("model-admin")
    public Uni<SetAliasResponse> setAlias(SetAliasRequest request) {
        return answer(scope -> {
            var name = ResourceName.model("name", request.getName());
            scope.resource(name.model(), "", "");
            var version = SemanticVersion.parse(request.getVersion());
            scope.resource(name.model(), version.toString(), "").attribute("alias", request.getAlias());
            announce(scope);
            var model = registry.setAlias(name, request.getAlias(), version, request.getEtag());
            return SetAliasResponse.newBuilder()
                    .setModel(ModelProtoMapper.toProto(model))
                    .build();
        });
    }

    /** Runs a method, which blocks, on a virtual thread of its own; its message has been received as a whole before. */
    private <T> Uni<T> answer(Function<AuditScope, T> method) {
        var scope = audit.scope();
        return Uni.createFrom().item(() -> method.apply(scope)).runSubscriptionOn(threads);
    }

    /** Returns once the change that follows is announced; fails when it cannot be, and nothing is changed then. */
    private static void announce(AuditScope scope) {
        scope.begin().await().indefinitely();
    }

    private static void describe(AuditScope scope, ModelVersion version) {
        scope.resource(version.model(), version.version().toString(), version.artifactSha256());
    }
}
