package io.deepsuite.model.registry;

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
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;

/** gRPC face of the registry. */
@GrpcService
class ModelRegistryGrpcService implements ModelRegistry {

    private final ModelRegistryService registry;
    private final CurrentAudit audit;

    ModelRegistryGrpcService(ModelRegistryService registry, CurrentAudit audit) {
        this.registry = registry;
        this.audit = audit;
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed("model-admin")
    public Uni<CreateModelResponse> createModel(CreateModelRequest request) {
        var name = ResourceName.model("model.name", request.getModel().getName());
        audit.scope().resource(name.model(), "", "");
        announce();
        var model = registry.createModel(name, request.getModel().getDisplayName());
        return Uni.createFrom()
                .item(CreateModelResponse.newBuilder()
                        .setModel(ModelProtoMapper.toProto(model))
                        .build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<GetModelResponse> getModel(GetModelRequest request) {
        var name = ResourceName.model("name", request.getName());
        audit.scope().resource(name.model(), "", "");
        var model = registry.getModel(name);
        return Uni.createFrom()
                .item(GetModelResponse.newBuilder()
                        .setModel(ModelProtoMapper.toProto(model))
                        .build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<ListModelsResponse> listModels(ListModelsRequest request) {
        var page = registry.listModels(request.getPageSize(), request.getPageToken());
        audit.scope().attribute("item_count", Integer.toString(page.items().size()));
        var response = ListModelsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(model -> response.addModels(ModelProtoMapper.toProto(model)));
        return Uni.createFrom().item(response.build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed("model-admin")
    public Uni<CreateModelVersionResponse> createModelVersion(CreateModelVersionRequest request) {
        var parent = ResourceName.model("parent", request.getParent());
        audit.scope().resource(parent.model(), "", "");
        var asked = ModelProtoMapper.fromProto(parent, request.getModelVersion());
        audit.scope().resource(asked.model(), asked.version().toString(), "");
        announce();
        var version = registry.createVersion(asked);
        describe(version);
        return Uni.createFrom()
                .item(CreateModelVersionResponse.newBuilder()
                        .setModelVersion(ModelProtoMapper.toProto(version))
                        .build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<GetModelVersionResponse> getModelVersion(GetModelVersionRequest request) {
        var name = ResourceName.version("name", request.getName());
        audit.scope().resource(name.model(), name.version().toString(), "");
        var version = registry.getVersion(name);
        describe(version);
        return Uni.createFrom()
                .item(GetModelVersionResponse.newBuilder()
                        .setModelVersion(ModelProtoMapper.toProto(version))
                        .build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    public Uni<ListModelVersionsResponse> listModelVersions(ListModelVersionsRequest request) {
        var parent = ResourceName.model("parent", request.getParent());
        audit.scope().resource(parent.model(), "", "");
        var page = registry.listVersions(parent, request.getPageSize(), request.getPageToken());
        audit.scope().attribute("item_count", Integer.toString(page.items().size()));
        var response = ListModelVersionsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(version -> response.addModelVersions(ModelProtoMapper.toProto(version)));
        return Uni.createFrom().item(response.build());
    }

    @Override
    @RunOnVirtualThread
    @RolesAllowed("model-admin")
    public Uni<SetAliasResponse> setAlias(SetAliasRequest request) {
        var name = ResourceName.model("name", request.getName());
        audit.scope().resource(name.model(), "", "");
        var version = SemanticVersion.parse(request.getVersion());
        audit.scope().resource(name.model(), version.toString(), "").attribute("alias", request.getAlias());
        announce();
        var model = registry.setAlias(name, request.getAlias(), version, request.getEtag());
        return Uni.createFrom()
                .item(SetAliasResponse.newBuilder()
                        .setModel(ModelProtoMapper.toProto(model))
                        .build());
    }

    /** Returns once the change that follows is announced; fails when it cannot be, and nothing is changed then. */
    private void announce() {
        audit.scope().begin().await().indefinitely();
    }

    private void describe(ModelVersion version) {
        audit.scope().resource(version.model(), version.version().toString(), version.artifactSha256());
    }
}
