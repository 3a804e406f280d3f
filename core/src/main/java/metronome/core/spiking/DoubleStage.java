package metronome.core.spiking;

import java.util.Arrays;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/** One layer of the double-precision oracle; immutable. */
sealed interface DoubleStage {
    /**
     * What a layer did.
     *
     * @param steps of its neurons, channel-major; empty if it is not ticked
     * @param potentials at the end of the integration window, channel-major; empty but for a layer of synapses
     */
    record Outcome(int[] steps, double[] potentials) {
    }

    /** Runs one integration and one output window. */
    Outcome run(Spikes spikes);

    /** Synapses and LIF neurons. */
    final class Synaptic implements DoubleStage {
        private final FanOut fanOut;
        private final int inputPixels;
        private final double[] weights;
        private final double[] pulse;
        private final DoubleLif lif;
        private final boolean ticked;
        private final Shape output;

        Synaptic(SpikingLayer.Synapses layer, SpikingNetwork network, boolean ticked) {
            this.output = layer.output();
            this.fanOut = new FanOut(layer.input(), output, layer.window());
            this.inputPixels = layer.input().height() * layer.input().width();
            this.weights = arranged(layer.weights(), fanOut.places());
            this.lif = DoubleLif.of(network.code(), network.ticking());
            this.ticked = ticked;
            this.pulse = new double[output.channels()];
            for (int c = 0; c < pulse.length; c++) {
                pulse[c] = layer.bias().data()[c] + (ticked ? lif.offset() : 0);
            }
        }

        private static double[] arranged(Tensor weights, int[] places) {
            double[] arranged = new double[places.length];
            for (int i = 0; i < places.length; i++) {
                arranged[places[i]] = weights.data()[i];
            }
            return arranged;
        }

        @Override
        public Outcome run(Spikes spikes) {
            double[] potentials = integrate(spikes);
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] += pulse[i % pulse.length];
            }
            int[] fired = ticked ? FixedStage.channelMajor(lif.fire(potentials), output) : new int[0];
            return new Outcome(fired, channelMajor(potentials, output));
        }

        private double[] integrate(Spikes spikes) {
            double[] potentials = new double[output.size()];
            for (int k = 0; k <= lif.steps(); k++) {
                if (k > 0) {
                    lif.decay(potentials);
                }
                for (int s = spikes.first()[k]; s < spikes.first()[k + 1]; s++) {
                    arrive(spikes.neuron()[s], potentials);
                }
            }
            return potentials;
        }

        private void arrive(int spike, double[] potentials) {
            int pixel = spike % inputPixels;
            int channel = spike / inputPixels * fanOut.weightsPerChannel();
            int first = fanOut.firstNeuron(spike / inputPixels);
            for (int r = fanOut.first[pixel]; r < fanOut.first[pixel + 1]; r++) {
                DoubleLif.add(potentials, first + fanOut.neuron[r], weights, channel + fanOut.weight[r], fanOut.length[r]);
            }
        }
    }

    /** A counter per neuron that fires at the arrival of the last of the inputs that it really has. */
    final class Counter implements DoubleStage {
        private final PoolFanOut fanOut;
        private final int steps;

        Counter(SpikingLayer.Pool layer, SpikingNetwork network) {
            this.fanOut = new PoolFanOut(layer.input(), layer.output(), layer.window());
            this.steps = network.code().steps();
        }

        @Override
        public Outcome run(Spikes spikes) {
            int[] missing = fanOut.inputs();
            int[] fired = new int[missing.length];
            Arrays.fill(fired, TemporalCode.SILENT);
            for (int k = 0; k <= steps; k++) {
                int step = k;
                for (int s = spikes.first()[k]; s < spikes.first()[k + 1]; s++) {
                    fanOut.forEach(spikes.neuron()[s], neuron -> {
                        if (--missing[neuron] == 0) {
                            fired[neuron] = step;
                        }
                    });
                }
            }
            return new Outcome(fired, new double[0]);
        }
    }

    /**
     * A LIF neuron that every spike sets to -1 and that is ticked as usual: its potential ends as minus the value of the
     * latest spike. The ticks keep the half-step margin whatever the code's rounding, since that value is one of the
     * code's levels and lies on the very boundary of the margin for rounding up.
     */
    final class Reset implements DoubleStage {
        private final PoolFanOut fanOut;
        private final DoubleLif lif;

        Reset(SpikingLayer.Pool layer, SpikingNetwork network) {
            this.fanOut = new PoolFanOut(layer.input(), layer.output(), layer.window());
            TemporalCode code = network.code();
            this.lif = DoubleLif.of(
                    new TemporalCode(code.timeConstant(), code.steps(), Rounding.HALF_STEP, code.zeros()),
                    network.ticking());
        }

        @Override
        public Outcome run(Spikes spikes) {
            double[] potentials = new double[fanOut.inputs().length];
            for (int k = 0; k <= lif.steps(); k++) {
                if (k > 0) {
                    lif.decay(potentials);
                }
                for (int s = spikes.first()[k]; s < spikes.first()[k + 1]; s++) {
                    fanOut.forEach(spikes.neuron()[s], neuron -> potentials[neuron] = -1);
                }
            }
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] += lif.offset();
            }
            return new Outcome(lif.fire(potentials), new double[0]);
        }
    }

    private static double[] channelMajor(double[] pixelMajor, Shape shape) {
        double[] out = new double[pixelMajor.length];
        int pixels = shape.height() * shape.width();
        int i = 0;
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                out[c * pixels + p] = pixelMajor[i++];
            }
        }
        return out;
    }
}
