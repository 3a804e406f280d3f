package metronome.hwmodel.machine;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.hwmodel.unit.SpikeObserver;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;

/** Keeps the firing step of every neuron. */
final class SpikeRecorder implements SpikeObserver {
    private final Shape[] shapes;
    private final int[][] steps;

    SpikeRecorder(ProgramMap map) {
        shapes = map.layers().stream().map(ProgramMap.Layer::output).toArray(Shape[]::new);
        steps = new int[shapes.length][];
        for (int layer = 0; layer < shapes.length; layer++) {
            steps[layer] = new int[shapes[layer].size()];
            Arrays.fill(steps[layer], TemporalCode.SILENT);
        }
    }

    @Override
    public void fired(int layer, int event, int step) {
        steps[layer][Event.index(event, shapes[layer])] = step;
    }

    /** Takes the steps of the input, which no unit tells. */
    void input(int[] inputSteps) {
        steps[0] = inputSteps.clone();
    }

    /** The steps of all layers. */
    int[][] steps() {
        return steps;
    }
}
