package metronome.core.spiking;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A plain layer as its records state it; immutable. Potentials lie [row][column][channel]. */
final class PlainStage {
    private final PlainLayer layer;
    private final PlainNeuron neuron;
    private final FanOut fanOut;
    private final int inputPixels;
    private final int[] weights;

    PlainStage(PlainLayer layer) {
        this.layer = layer;
        this.neuron = layer.neuron();
        this.fanOut = new FanOut(layer.sources(), layer.neurons(), layer.window());
        this.inputPixels = layer.input().height() * layer.input().width();
        int[] places = fanOut.places();
        this.weights = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            weights[places[i]] = layer.weights().get(i);
        }
    }

    /**
     * What a layer did.
     *
     * @param fired its spikes
     * @param lowest of each step, the neuron of lowest potential at its end, among equals the first
     */
    record Passage(SpikeTrain fired, int[] lowest) {
    }

    Passage run(SpikeTrain arriving, SaturatingSum sum) {
        return new Run(arriving.neurons().length, sum).run(arriving);
    }

    /** One passage through all steps. */
    private final class Run {
        private final SaturatingSum sum;
        private final int[] potentials = new int[layer.neurons().size()];
        /** What spikes add to: the potentials, or slopes that are added to them at each step. */
        private final int[] driven = neuron.current() == PlainNeuron.Current.HELD ? new int[potentials.length] : potentials;
        private boolean begun;
        private final boolean[] done = new boolean[potentials.length];
        private final boolean[] announced = new boolean[potentials.length];
        private final IntStream.Builder[] fired;
        private final int[] lowest;
        private int step;

        Run(int steps, SaturatingSum sum) {
            this.sum = sum;
            this.fired = new IntStream.Builder[steps];
            this.lowest = new int[steps];
            Arrays.setAll(fired, _ -> IntStream.builder());
        }

        Passage run(SpikeTrain arriving) {
            boolean eachEvent = neuron.comparison() == PlainNeuron.Comparison.EACH_EVENT;
            for (step = 0; step < fired.length; step++) {
                if (neuron.leakOrder() == PlainNeuron.LeakOrder.BEFORE && step > 0) {
                    leak();
                }
                for (int spike : arriving.neurons()[step]) {
                    arrive(spike, eachEvent);
                }
                bias(Arrays.stream(arriving.neurons()[step]).anyMatch(event -> kind(event / inputPixels) == EventKind.SPIKE));
                for (int i = 0; i < potentials.length && driven != potentials; i++) {
                    potentials[i] = sum.of(potentials[i], driven[i]);
                }
                if (neuron.leakOrder() == PlainNeuron.LeakOrder.AFTER) {
                    leak();
                }
                for (int i = 0; i < potentials.length && !eachEvent; i++) {
                    compare(i);
                }
                lowest[step] = lowest();
            }
            return new Passage(new SpikeTrain(Arrays.stream(fired).map(b -> b.build().toArray()).toArray(int[][]::new)), lowest);
        }

        /** A bias that is held is added once, with the first spikes; other kinds of events are none. */
        private void bias(boolean spikes) {
            boolean due = driven == potentials || !begun && spikes;
            begun |= spikes;
            for (int i = 0; i < driven.length && due && layer.bias().length > 0; i++) {
                driven[i] = sum.of(driven[i], layer.bias()[i % layer.bias().length]);
            }
        }

        private void leak() {
            for (int i = 0; i < potentials.length; i++) {
                potentials[i] = FixedLif.decayed(potentials[i], neuron.leak());
            }
        }

        private void arrive(int event, boolean compare) {
            int pixel = event % inputPixels;
            EventKind kind = kind(event / inputPixels);
            int channel = neuron.waits() ? EventKind.neuron(event / inputPixels) : event / inputPixels;
            int firstWeight = channel * fanOut.weightsPerChannel();
            int first = fanOut.firstNeuron(channel);
            for (int r = fanOut.first[pixel]; r < fanOut.first[pixel + 1]; r++) {
                switch (kind) {
                    case SPIKE -> add(first + fanOut.neuron[r], firstWeight + fanOut.weight[r], fanOut.length[r]);
                    case ANNOUNCEMENT -> addMagnitudes(-1, first + fanOut.neuron[r], firstWeight + fanOut.weight[r], fanOut.length[r]);
                    case WITHDRAWAL -> addMagnitudes(1, first + fanOut.neuron[r], firstWeight + fanOut.weight[r], fanOut.length[r]);
                }
            }
            if (compare) {
                IntStream.range(fanOut.first[pixel], fanOut.first[pixel + 1]).boxed()
                        .flatMapToInt(r -> IntStream.range(fanOut.neuron[r], fanOut.neuron[r] + fanOut.length[r]))
                        .map(i -> first + i).sorted().forEach(this::compare);
            }
        }

        /** Who does not wait takes all events for spikes. */
        private EventKind kind(int channel) {
            return neuron.waits() ? EventKind.of(channel) : EventKind.SPIKE;
        }

        private void add(int neuron, int weight, int length) {
            for (int i = 0; i < length; i++) {
                driven[neuron + i] = sum.of(driven[neuron + i], (long) weights[weight + i] << layer.shift());
            }
        }

        private void addMagnitudes(int sign, int neuron, int weight, int length) {
            for (int i = 0; i < length; i++) {
                potentials[neuron + i] = sum.of(potentials[neuron + i], sign * ((long) Math.abs(weights[weight + i]) << layer.shift()));
            }
        }

        /** The number (channel, row, column) of the neuron whose potential lies there. */
        private int number(int i) {
            int channels = layer.neurons().channels();
            return i % channels * (layer.output().height() * layer.output().width()) + i / channels;
        }

        private int lowest() {
            int lowest = 0;
            for (int i = 1; i < potentials.length; i++) {
                boolean less = potentials[i] < potentials[lowest];
                lowest = less || potentials[i] == potentials[lowest] && number(i) < number(lowest) ? i : lowest;
            }
            return number(lowest);
        }

        private void compare(int i) {
            if (!done[i] && neuron.fires(potentials[i])) {
                potentials[i] = neuron.afterFiring(potentials[i], sum);
                done[i] = neuron.once();
                send(EventKind.SPIKE, number(i));
            }
            boolean now = neuron.announces() && !done[i] && driven[i] > 0;
            if (now != announced[i]) {
                announced[i] = now;
                send(now ? EventKind.ANNOUNCEMENT : EventKind.WITHDRAWAL, number(i));
            }
        }

        private void send(EventKind kind, int number) {
            int pixels = layer.output().height() * layer.output().width();
            if (step + neuron.delay() < fired.length) {
                fired[step + neuron.delay()].add(neuron.announces() ? kind.channel(number / pixels) * pixels + number % pixels : number);
            }
        }
    }
}
