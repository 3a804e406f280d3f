package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.unit.SpikeObserver;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;

/** Keeps the firing step of every neuron; where neurons may fire several times, all spikes, and of each the last step. */
final class SpikeRecorder implements SpikeObserver {
    private final Shape[] shapes;
    private final int[][] steps;
    private final EventList[][] trains;

    SpikeRecorder(ProgramMap map) {
        shapes = map.layers().stream().map(ProgramMap.Layer::output).toArray(Shape[]::new);
        boolean several = map.kind() == ProgramMap.Kind.SPIKING_PLAIN;
        trains = new EventList[several ? shapes.length : 0][map.steps() + 1];
        for (EventList[] train : trains) {
            Arrays.setAll(train, _ -> new EventList());
        }
        steps = new int[shapes.length][];
        for (int layer = 0; layer < shapes.length; layer++) {
            steps[layer] = new int[shapes[layer].size()];
            Arrays.fill(steps[layer], TemporalCode.SILENT);
        }
    }

    @Override
    public void fired(int layer, int event, int step) {
        int neuron = Event.index(event, shapes[layer]);
        steps[layer][neuron] = step;
        if (trains.length > 0) {
            trains[layer][step].add(neuron);
        }
    }

    /** The spikes of all layers, those of the input as given. */
    List<SpikeTrain> trains(SpikeTrain input) {
        List<SpikeTrain> all = new ArrayList<>(List.of(input));
        for (int layer = 1; layer < trains.length; layer++) {
            all.add(new SpikeTrain(Arrays.stream(trains[layer])
                    .map(list -> IntStream.range(0, list.size()).map(list::get).toArray()).toArray(int[][]::new)));
        }
        return all;
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
