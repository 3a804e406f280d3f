package metronome.traces.run;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;

/** SHA-256 of things, in lower-case hexadecimal. */
public final class Hashes {
    private Hashes() {
    }

    /**
     * {@return the hash of bytes}
     *
     * @param bytes any
     */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * {@return the hash of all that decides when a network's neurons spike; its name is no part of it}
     *
     * @param network in fixed point
     */
    public static String of(FixedNetwork network) {
        MessageDigest digest = sha256();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest)))) {
            out.writeUTF("metronome fixed network 1");
            out.writeDouble(network.code().timeConstant());
            out.writeUTF(network.code().rounding() + " " + network.code().zeros() + " " + network.readout());
            ints(out, network.code().steps(), network.weightBits(), network.potentialBits(), network.leak());
            if (!network.wiring().isChain()) {
                for (List<Integer> sources : network.wiring().sources()) {
                    ints(out, sources.stream().mapToInt(Integer::intValue).toArray());
                }
            }
            for (FixedLayer layer : network.layers()) {
                shape(out, layer.input());
                shape(out, layer.output());
                switch (layer) {
                    case FixedLayer.Pool p -> {
                        window(out, p.window());
                        out.writeUTF(p.circuit().name());
                    }
                    case FixedLayer.Synapses s -> synapses(out, s);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * {@return the hash of all that decides when the neurons of a plain network spike; its name is no part of it}
     *
     * @param network any
     */
    public static String of(PlainNetwork network) {
        MessageDigest digest = sha256();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest)))) {
            out.writeUTF("metronome plain network 1");
            ints(out, network.lastStep(), network.weightBits(), network.potentialBits());
            shape(out, network.input());
            for (PlainLayer layer : network.layers()) {
                shape(out, layer.output());
                window(out, layer.window());
                weights(out, layer.weights());
                ints(out, layer.bias());
                ints(out, layer.shift());
                neuron(out, layer.neuron());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void neuron(DataOutputStream out, PlainNeuron neuron) throws IOException {
        out.writeUTF(neuron.leakOrder() + " " + neuron.reset() + " " + neuron.comparison());
        ints(out, neuron.leak(), neuron.threshold(), neuron.strict() ? 1 : 0, neuron.resetTo(), neuron.once() ? 1 : 0,
                neuron.delay());
        if (neuron.current() != PlainNeuron.Current.PULSE || neuron.announces()) {
            out.writeUTF(neuron.current().name());
            ints(out, neuron.announces() ? 1 : 0, neuron.waits() ? 1 : 0);
        }
    }

    private static void weights(DataOutputStream out, FixedWeights weights) throws IOException {
        out.writeInt(weights.size());
        for (int i = 0; i < weights.size(); i++) {
            out.writeInt(weights.get(i));
        }
    }

    private static void synapses(DataOutputStream out, FixedLayer.Synapses layer) throws IOException {
        window(out, layer.window());
        weights(out, layer.weights());
        ints(out, layer.bias());
        ints(out, layer.shift(), layer.threshold(), layer.firstTick(), layer.tick(), layer.silentFrom());
    }

    private static void shape(DataOutputStream out, Shape shape) throws IOException {
        ints(out, shape.channels(), shape.height(), shape.width());
    }

    private static void window(DataOutputStream out, Window window) throws IOException {
        ints(out, window.height(), window.width(), window.stride(), window.padding());
        if (!window.plain() || window.ceiling()) {
            ints(out, window.dilation(), window.groups(), window.ceiling() ? 1 : 0);
        }
    }

    private static void ints(DataOutputStream out, int... values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }
}
