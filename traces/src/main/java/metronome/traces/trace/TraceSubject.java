package metronome.traces.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import metronome.core.network.Shape;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerNetwork;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.ChipEvent;

/** A network and its images, of which a trace is recorded. */
public sealed interface TraceSubject {
    /** {@return what spikes} */
    TracedNetwork spiking();

    /**
     * Runs an image on the machine.
     *
     * @param machine with the program of the network
     * @param image from 0
     */
    void run(Machine machine, int image);

    /**
     * Computes an image without hardware and tells its spikes, all at cycle 0: by layer, step and place.
     *
     * @param image from 0
     * @param events gets them
     */
    void simulate(int image, Consumer<? super ChipEvent> events);

    /**
     * A network whose neurons spike once.
     *
     * @param oracle the network in fixed point
     * @param dataset of the images, by name
     * @param images firing steps of each image's pixels
     */
    record Once(FixedSimulator oracle, String dataset, IntFunction<int[]> images) implements TraceSubject {
        @Override
        public TracedNetwork spiking() {
            return TracedNetwork.of(oracle.network(), dataset, oracle.leak());
        }

        @Override
        public void run(Machine machine, int image) {
            machine.run(images.apply(image));
        }

        @Override
        public void simulate(int image, Consumer<? super ChipEvent> events) {
            int last = oracle.network().code().steps();
            int[] input = images.apply(image);
            FiringRecord run = oracle.run(input);
            tell(0, oracle.network().input(), SpikeTrain.of(input, last), events);
            for (int layer = 0; layer < run.steps().length; layer++) {
                tell(layer + 1, oracle.network().layers().get(layer).output(), SpikeTrain.of(run.steps()[layer], last), events);
            }
        }
    }

    /**
     * A plain network, with one input.
     *
     * @param network which
     * @param name of the input
     * @param input its spikes
     */
    record Plain(PlainNetwork network, String name, SpikeTrain input) implements TraceSubject {
        @Override
        public TracedNetwork spiking() {
            return TracedNetwork.of(network, name);
        }

        @Override
        public void run(Machine machine, int image) {
            machine.run(input);
        }

        /** Spikes of the input stay in the order in which they come in a step. */
        @Override
        public void simulate(int image, Consumer<? super ChipEvent> events) {
            for (int step = 0; step <= input.lastStep(); step++) {
                for (int neuron : input.neurons()[step]) {
                    events.accept(new ChipEvent.Spike(0, 0, neuron, step));
                }
            }
            List<SpikeTrain> trains = new PlainSimulator(network).run(input).trains();
            for (int layer = 0; layer < trains.size(); layer++) {
                tell(layer + 1, network.layers().get(layer).output(), trains.get(layer), events);
            }
        }
    }

    /**
     * A DNN in 8-bit integers, on the tensor core. None of its neurons spikes.
     *
     * @param network which
     * @param dataset of the images, by name
     * @param images bytes of each image's pixels, 255 for 1.0
     */
    record Dense(IntegerNetwork network, String dataset, IntFunction<byte[]> images) implements TraceSubject {
        @Override
        public TracedNetwork spiking() {
            List<TracedNetwork.Layer> layers = new ArrayList<>(List.of(new TracedNetwork.Layer("input", network.input())));
            network.layers().forEach(l -> layers.add(new TracedNetwork.Layer(l.name(), l.output())));
            return new TracedNetwork(network.name(), Optional.empty(), dataset, false, 0, 0, LeakPolicy.EAGER, layers);
        }

        @Override
        public void run(Machine machine, int image) {
            machine.runDense(images.apply(image));
        }

        @Override
        public void simulate(int image, Consumer<? super ChipEvent> events) {
            // Spikes are all that is told without hardware, and there are none.
        }
    }

    private static void tell(int layer, Shape shape, SpikeTrain train, Consumer<? super ChipEvent> events) {
        for (int step = 0; step <= train.lastStep(); step++) {
            for (int neuron : Places.ordered(train.neurons()[step], shape)) {
                events.accept(new ChipEvent.Spike(0, layer, neuron, step));
            }
        }
    }
}
