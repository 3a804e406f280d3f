/**
 * Networks, their training, their conversion into temporally coded spiking networks, and the functional oracle.
 *
 * <p>Start at {@link metronome.core.network.Network} (what is trained), go on to
 * {@link metronome.core.spiking.SpikingNetwork} (what it becomes) and
 * {@link metronome.core.spiking.FixedNetwork} (what hardware computes).
 */
module metronome.core {
    requires commons.math3;
    requires java.desktop;
    requires java.net.http;
    requires jdk.incubator.vector;

    exports metronome.core.calibration;
    exports metronome.core.code;
    exports metronome.core.data;
    exports metronome.core.io;
    exports metronome.core.json;
    exports metronome.core.network;
    exports metronome.core.numpy;
    exports metronome.core.onnx;
    exports metronome.core.protobuf;
    exports metronome.core.rival;
    exports metronome.core.safetensors;
    exports metronome.core.spiking;
    exports metronome.core.tensor;
    exports metronome.core.train;
}
