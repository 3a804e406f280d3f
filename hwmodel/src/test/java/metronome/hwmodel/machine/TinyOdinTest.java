package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.target.Presets;
import metronome.isa.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does the preset tinyodin cost what the chip's RTL costs? docs/validation.md derives the figures. */
class TinyOdinTest {
    private static final Target CHIP = Presets.named("tinyodin").orElseThrow();
    private static final int NEURONS = 256;
    /** Neurons that the inputs 0, 1 and 2 let fire. */
    private static final int[] REACHED = {256, 16, 1};

    /** The first inputs let 256, 16 and 1 neurons fire, all others none; hard reset, a leak in each step after its events. */
    private static PlainNetwork network(int steps) {
        int[] weights = new int[NEURONS * NEURONS];
        for (int input = 0; input < REACHED.length; input++) {
            for (int neuron = 0; neuron < REACHED[input]; neuron++) {
                weights[neuron * NEURONS + input] = 7;
            }
        }
        Shape shape = Shape.vector(NEURONS);
        PlainNeuron neuron = new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.AFTER, 60_000, 7, false, PlainNeuron.Reset.VALUE, 0, false,
                PlainNeuron.Comparison.EACH_EVENT, 0, false, false);
        return new PlainNetwork("tinyodin", steps - 1, 4, 16, PlainReadout.SPIKES, shape, List.of(new PlainLayer("core", shape, shape,
                Window.covering(shape), FixedWeights.of(weights), new int[0], 0, neuron)));
    }

    /** So many events in all, as evenly over the steps as can be, of which so many make neurons fire. */
    private static SpikeTrain input(int steps, int events, int spikes) {
        int[] often = {spikes / 256, spikes % 256 / 16, spikes % 16};
        int[][] neurons = new int[steps][];
        for (int k = 0; k < steps; k++) {
            int step = k;
            int[] firing = IntStream.range(0, 3).filter(i -> step < often[i]).toArray();
            int all = events * (k + 1) / steps - events * k / steps;
            neurons[k] = IntStream.concat(IntStream.of(firing), IntStream.range(3, 3 + all - firing.length)).toArray();
        }
        return new SpikeTrain(neurons);
    }

    /** Cycles of the LIF array from the one after lif.run was taken. */
    private static long cycles(int steps, int events, int spikes) {
        TrainRun run = new Machine(PlainCompiler.compile(network(steps), CHIP), CHIP, Engine.all()).run(input(steps, events, spikes));
        assertEquals(events, run.counts().total(Counter.EVENTS));
        assertEquals(spikes, run.output().spikes());
        long registers = 4;
        long taken = 1;
        long clear = 1 + 2 * NEURONS;
        return run.counts().busyCycles(Component.LIF) - registers - clear - taken + arbiterStalls(run);
    }

    private static long arbiterStalls(TrainRun run) {
        long stalls = 0;
        for (var cause : metronome.hwmodel.count.Stall.values()) {
            stalls += cause == metronome.hwmodel.count.Stall.SEMAPHORE ? 0 : run.counts().stallCycles(Component.LIF, cause);
        }
        return stalls;
    }

    @Test
    void anEventALeakAndASpikeCostWhatTheChipDoes() {
        assertEquals(519, cycles(1, 0, 0), "a time-reference event");
        assertEquals(521 + 519, cycles(1, 1, 0), "an event and a time-reference event");
        assertEquals(3 * 521 + 2 * 519, cycles(2, 3, 0));
        assertEquals(521 + 519 + 6, cycles(1, 1, 1), "an output spike");
        assertEquals(521 + 519 + 256 * 6, cycles(1, 1, 256), "all of them after one event");
    }

    /** The three runs of 100 steps: the events are those nearest to 25,600 times the rate that leave whole spikes. */
    @ParameterizedTest
    @CsvSource({"736751, 1279, 3082", "1445270, 2560, 9935", "2868954, 5118, 25096"})
    void theTotalsOfTheRtlAreMet(long total, int events, int spikes) {
        assertEquals(total, 521L * events + 519L * 100 + 6L * spikes, "the formula");
        assertEquals(total, cycles(100, events, spikes));
    }
}
