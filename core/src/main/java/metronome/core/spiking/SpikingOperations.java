package metronome.core.spiking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.ZeroPolicy;

/** Counts the operations of a TDSNN from its firing steps, by the rule of docs/operations.md. Immutable. */
final class SpikingOperations {
    private final List<LayerForm> layers;
    private final Wiring wiring;
    private final TemporalCode code;
    private final TickVariant variant;
    private final Map<String, FanOut> fanOuts = new HashMap<>();
    private final Map<String, PoolFanOut> poolFanOuts = new HashMap<>();

    /** The operations of one layer both ways. */
    record Ways(Operations clock, Operations event) {
    }

    SpikingOperations(List<LayerForm> layers, Wiring wiring, TemporalCode code, TickVariant variant) {
        this.layers = layers;
        this.wiring = wiring;
        this.code = code;
        this.variant = variant;
        for (LayerForm layer : layers) {
            if (layer.circuit().isEmpty()) {
                fanOuts.put(layer.name(), new FanOut(layer.input(), layer.output(), layer.window()));
            } else {
                poolFanOuts.put(layer.name(), new PoolFanOut(layer.input(), layer.output(), layer.window()));
            }
        }
    }

    /** Of every layer, by name, for the firing steps of an image's pixels and of all layers. */
    SequencedMap<String, Ways> count(int[] input, int[][] steps) {
        SequencedMap<String, Ways> counts = new LinkedHashMap<>();
        for (int l = 0; l < layers.size(); l++) {
            LayerForm layer = layers.get(l);
            int[] arriving = wiring.arriving(l, input, steps);
            int[] fired = steps[l];
            boolean last = l == layers.size() - 1;
            counts.put(layer.name(), layer.circuit().map(circuit -> pool(layer, circuit, arriving, fired))
                    .orElseGet(() -> synapses(layer, last, arriving, fired)));
        }
        return counts;
    }

    private Ways synapses(LayerForm layer, boolean last, int[] arriving, int[] fired) {
        long neurons = layer.output().size();
        FanOut fanOut = fanOuts.get(layer.name());
        long synaptic = fanOut.synapses(layer.input(), i -> arriving[i] != TemporalCode.SILENT);
        long arrivals = ArrivalSteps.ofSynapses(fanOut, layer, arriving, code.steps());
        Operations common = new Operations(0, synaptic + neurons, last ? neurons - 1 : 0);
        return new Ways(common.plus(new Operations(neurons * code.steps(), 0, 0)).plus(clockWindow(fired)),
                common.plus(new Operations(arrivals, 0, 0)).plus(eventWindow(fired)));
    }

    private Ways pool(LayerForm layer, PoolCircuit circuit, int[] arriving, int[] fired) {
        PoolFanOut fanOut = poolFanOuts.get(layer.name());
        long neurons = layer.output().size();
        return switch (circuit) {
            case COUNTER -> {
                long inputs = Arrays.stream(fanOut.inputs()).asLongStream().sum();
                Operations counting = new Operations(0, inputs, inputs);
                yield new Ways(counting, counting);
            }
            case RESET -> {
                Operations pulse = new Operations(0, variant == TickVariant.C ? 0 : neurons, 0);
                long arrivals = ArrivalSteps.ofPool(fanOut, layer.output().size(), arriving, code.steps());
                yield new Ways(pulse.plus(new Operations(neurons * code.steps(), 0, 0)).plus(clockWindow(fired)),
                        pulse.plus(new Operations(arrivals, 0, 0)).plus(eventWindow(fired)));
            }
        };
    }

    private long firstTick() {
        return variant == TickVariant.B ? 0 : 1;
    }

    private long silentChecks(int[] fired) {
        return code.zeros() == ZeroPolicy.SILENT ? fired.length : 0;
    }

    /** Every neuron at every step of the output window. */
    private Operations clockWindow(int[] fired) {
        long updates = (long) fired.length * code.steps();
        return new Operations(updates, updates + firstTick() * fired.length,
                updates + fired.length + silentChecks(fired));
    }

    /** Every neuron until it fires; one that is silent only has its check. */
    private Operations eventWindow(int[] fired) {
        long updates = 0;
        long firing = 0;
        for (int step : fired) {
            updates += Math.max(step, 0);
            firing += step == TemporalCode.SILENT ? 0 : 1;
        }
        return new Operations(updates, updates + firstTick() * firing, updates + firing + silentChecks(fired));
    }
}
