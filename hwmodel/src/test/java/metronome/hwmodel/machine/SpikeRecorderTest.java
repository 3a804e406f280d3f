package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.FiringRecord;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;
import org.junit.jupiter.api.Test;

/** Does it keep what it is told, and if the spikes are known, is a run refused in which not as many fire? */
class SpikeRecorderTest {
    private final ProgramMap map = map();

    private static ProgramMap map() {
        RandomCase c = RandomCase.of(new SplittableRandom(7));
        return SpikingCompiler.compile(c.network(), c.target()).map();
    }

    /** Every third neuron of each layer fires, at a step that follows from its number. */
    private int[][] steps() {
        return map.layers().stream().map(layer -> IntStream.range(0, layer.output().size())
                .map(i -> i % 3 == 0 ? i % (map.steps() + 1) : TemporalCode.SILENT).toArray()).toArray(int[][]::new);
    }

    /** Tells all spikes but the first so many of each layer, one by one and then together. */
    private void tell(SpikeRecorder recorder, int[][] steps, int without) {
        for (int layer = 1; layer < steps.length; layer++) {
            Shape shape = map.layers().get(layer).output();
            for (int i = 3 * without; i < steps[layer].length; i += 3) {
                if (i % 2 == 0) {
                    recorder.fired(layer, Event.of(i, shape), steps[layer][i]);
                } else {
                    EventList one = new EventList();
                    one.add(Event.of(i, shape));
                    recorder.fired(layer, one, steps[layer][i]);
                }
            }
        }
    }

    @Test
    void whatWasToldIsKept() {
        SpikeRecorder recorder = SpikeRecorder.of(map);
        int[][] steps = steps();
        tell(recorder, steps, 0);
        recorder.input(steps[0]);
        assertArrayEquals(steps, recorder.steps());
    }

    @Test
    void knownSpikesMustAllFire() {
        int[][] steps = steps();
        DataPath.Known record = new DataPath.Known(steps, new FiringRecord(steps, map.layers().stream().map(ProgramMap.Layer::output).toList(),
                map.steps()));
        SpikeRecorder all = SpikeRecorder.ofKnown(map, record);
        tell(all, steps, 0);
        assertArrayEquals(steps, all.steps());
        SpikeRecorder fewer = SpikeRecorder.ofKnown(map, record);
        tell(fewer, steps, 1);
        long known = Arrays.stream(steps[1]).filter(step -> step != TemporalCode.SILENT).count();
        DataException e = assertThrows(DataException.class, fewer::steps);
        assertEquals("layer " + map.layers().get(1).name() + ": " + (known - 1) + " neurons fired, the record has " + known, e.getMessage());
        SpikeRecorder more = SpikeRecorder.ofKnown(map, record);
        tell(more, steps, 0);
        tell(more, steps, 0);
        assertTrue(assertThrows(DataException.class, more::steps).getMessage().contains(" fired, the record has "));
    }
}
