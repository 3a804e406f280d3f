package metronome.hwmodel.machine;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
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
        Shape shape = shapes[layer];
        if (Event.channel(event) >= shape.channels() || Event.row(event) >= shape.height()
                || Event.column(event) >= shape.width()) {
            throw new DataException("layer " + layer + " of shape " + shape + " has no neuron (" + Event.channel(event)
                    + ", " + Event.row(event) + ", " + Event.column(event) + "), but an instruction of it fires it");
        }
        steps[layer][Event.index(event, shape)] = step;
    }

    /** The steps of all layers, those of the input as given. */
    int[][] steps(int[] inputSteps) {
        steps[0] = inputSteps.clone();
        return steps;
    }
}
