package io.deepsuite.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.externalscaler.v1.ExternalScalerGrpc;
import io.deepsuite.externalscaler.v1.ExternalScalerProto;
import io.deepsuite.oip.v1.GRPCInferenceServiceGrpc;
import io.deepsuite.oip.v1.GrpcPredictV2Proto;
import io.deepsuite.oip.v1.ModelConfigProto;
import io.deepsuite.oip.v1.ModelInferRequest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Other people's clients speak these two protocols: no name, number or type may differ from theirs. */
class WireCompatibilityTest {

    @Test
    void openInferenceProtocolHasTheProtocolsNamesNumbersAndTypes() {
        // When
        var spoken = WireTable.of(GrpcPredictV2Proto.getDescriptor(), ModelConfigProto.getDescriptor());

        // Then
        assertThat(spoken).containsAllEntriesOf(WireTable.read("/wire/inference.txt"));
    }

    @Test
    void externalScalerHasKedasNamesNumbersAndTypes() {
        // When
        var spoken = WireTable.of(ExternalScalerProto.getDescriptor());

        // Then
        assertThat(spoken).containsExactlyInAnyOrderEntriesOf(WireTable.read("/wire/externalscaler.txt"));
    }

    @Test
    void methodsAreReachedUnderTheProtocolsOwnPaths() {
        assertThat(GRPCInferenceServiceGrpc.getModelStreamInferMethod().getFullMethodName())
                .isEqualTo("inference.GRPCInferenceService/ModelStreamInfer");
        assertThat(ExternalScalerGrpc.getStreamIsActiveMethod().getFullMethodName())
                .isEqualTo("externalscaler.ExternalScaler/StreamIsActive");
    }

    @Test
    void requestEncodedByHandIsUnderstood() throws InvalidProtocolBufferException {
        // Given: model_name "m", id "7", one input "x" of FP32 [1, 2], raw contents of 1.0 and 2.0
        var bytes = HexFormat.of()
                .parseHex("0a016d" + "1a0137" + "2a0d" + "0a0178" + "120446503332" + "1a020102" + "3a08"
                        + "0000803f00000040");

        // When
        var request = ModelInferRequest.parseFrom(bytes);

        // Then
        assertThat(request.getModelName()).isEqualTo("m");
        assertThat(request.getId()).isEqualTo("7");
        assertThat(request.getInputs(0).getName()).isEqualTo("x");
        assertThat(request.getInputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(request.getInputs(0).getShapeList()).containsExactly(1L, 2L);
        assertThat(request.getRawInputContents(0))
                .isEqualTo(ByteString.copyFrom(HexFormat.of().parseHex("0000803f00000040")));
        assertThat(request.toByteArray()).isEqualTo(bytes);
    }
}
