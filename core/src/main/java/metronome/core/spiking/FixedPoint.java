package metronome.core.spiking;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;

/**
 * Turns a spiking network into integers.
 *
 * <p>Weights of a layer share one scale, {@code (2^(weightBits-1) - 1) / max|w|}. A unit of the potential is a weight's
 * unit shifted down as far as the worst case leaves room in the potential, so that no addition can saturate and the
 * order of the spikes of one step does not matter. The drive is rounded around the fixed point that the rounded ticks
 * and the rounded leak really have, so that their errors do not shift the distance of threshold and fixed point.
 */
public final class FixedPoint {
    private static final int LEAK_BITS = 16;
    private static final int MAX_SHIFT = 20;
    /** What the drive and the bias may take of a potential's range, the rest being the weights'. */
    private static final double DRIVE_SHARE = 0.25;

    private final SpikingNetwork network;
    private final int weightBits;
    private final int potentialBits;
    private final int leak;

    private FixedPoint(SpikingNetwork network, int weightBits, int potentialBits) {
        this.network = network;
        this.weightBits = weightBits;
        this.potentialBits = potentialBits;
        this.leak = leak(network.code());
    }

    /** Lambda in unsigned Q0.16. */
    static int leak(TemporalCode code) {
        return (int) Math.min((1 << LEAK_BITS) - 1, Math.round(code.leak() * (1 << LEAK_BITS)));
    }

    /**
     * {@return the network in integers}
     *
     * @param network in double precision
     * @param weightBits in [2, 16]
     * @param potentialBits in [16, 32]
     * @throws DataException naming the layer whose sums do not fit the potentials, or whose neurons would not all fire
     * @throws IllegalArgumentException if a width is out of range
     */
    public static FixedNetwork quantise(SpikingNetwork network, int weightBits, int potentialBits) {
        requireWidth("weight bits", weightBits, 2, 16);
        requireWidth("potential bits", potentialBits, 16, 32);
        FixedPoint fixed = new FixedPoint(network, weightBits, potentialBits);
        return new FixedNetwork(network.name(), network.code(), network.readout(), weightBits, potentialBits, fixed.leak,
                network.input(), network.layers().stream().map(fixed::quantised).toList(), network.wiring());
    }

    private static void requireWidth(String what, int bits, int low, int high) {
        if (bits < low || bits > high) {
            throw new IllegalArgumentException(what + " must be in [" + low + ", " + high + "]: " + bits);
        }
    }

    private FixedLayer quantised(SpikingLayer layer) {
        return switch (layer) {
            case SpikingLayer.Pool p -> new FixedLayer.Pool(p.name(), p.input(), p.output(), p.window(), p.circuit());
            case SpikingLayer.Synapses s -> synapses(s);
        };
    }

    private FixedLayer.Synapses synapses(SpikingLayer.Synapses layer) {
        double scale = weightScale(layer);
        int[] rounded = new int[layer.weights().size()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (int) Math.round(layer.weights().data()[i] * scale);
        }
        FixedWeights weights = FixedWeights.of(rounded);
        long room = SaturatingSum.highest(potentialBits);
        for (int shift = MAX_SHIFT; shift >= 0; shift--) {
            FixedLayer.Synapses candidate = candidate(layer, weights, scale * (1 << shift), shift);
            if (driveAndBias(layer) * candidate.scale() < room && FixedBound.of(candidate) <= room) {
                if (ticked(layer)) {
                    requireFiring(candidate);
                }
                return candidate;
            }
        }
        long bound = FixedBound.of(candidate(layer, weights, scale, 0));
        throw new DataException("layer " + layer.name() + ": sums up to " + bound + " do not fit " + potentialBits
                + "-bit potentials (" + room + "); take fewer weight bits than " + weightBits + " or more potential bits");
    }

    private boolean ticked(SpikingLayer layer) {
        return layer != network.layers().getLast() || network.readout() == Readout.LAST_SPIKE;
    }

    private double weightScale(SpikingLayer.Synapses layer) {
        double levels = SaturatingSum.highest(weightBits);
        double others = driveAndBias(layer);
        double cap = DRIVE_SHARE * SaturatingSum.highest(potentialBits) / Math.max(others, Double.MIN_NORMAL);
        double weight = Math.max(largest(layer.weights().data()), Double.MIN_NORMAL);
        double scale = Math.min(levels / weight, cap);
        return largest(layer.weights().data()) == 0 && others == 0 ? levels : scale;
    }

    private double driveAndBias(SpikingLayer.Synapses layer) {
        double drive = ticked(layer) ? network.ticking().threshold() + 2 * network.ticking().fixedPoint(network.code()) : 0;
        return drive + largest(layer.bias().data());
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private FixedLayer.Synapses candidate(SpikingLayer.Synapses layer, FixedWeights weights, double scale, int shift) {
        FixedDrive drive = ticked(layer) ? FixedDrive.of(network.ticking(), network.code(), leak, scale) : FixedDrive.NONE;
        int[] bias = new int[layer.bias().size()];
        Arrays.setAll(bias, i -> Math.clamp(Math.round(layer.bias().data()[i] * scale) + drive.offset(),
                -Integer.MAX_VALUE, Integer.MAX_VALUE));
        return new FixedLayer.Synapses(layer.name(), layer.input(), layer.output(), layer.window(), weights, bias, shift,
                drive.threshold(), drive.firstTick(), drive.tick(), drive.offset(), scale);
    }

    /** From the lowest potential the ticks must lead over the threshold, else what fires would hang on rounding. */
    private void requireFiring(FixedLayer.Synapses layer) {
        int v = (int) -SaturatingSum.highest(potentialBits);
        int next = FixedLif.decayed(v, leak) + layer.tick();
        while (next != v && v < layer.threshold()) {
            v = next;
            next = FixedLif.decayed(v, leak) + layer.tick();
        }
        if (v < layer.threshold()) {
            TemporalCode code = network.code();
            throw new DataException("layer " + layer.name() + ": ticks of " + layer.tick() + " lead to a potential of " + v
                    + ", below the threshold " + layer.threshold() + ": the code's margin is only "
                    + code.margin() * layer.scale() + " units; take more potential bits than " + potentialBits
                    + " or fewer steps than " + code.steps());
        }
    }
}
