package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.unit.SpikeObserver;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;

/**
 * Keeps the firing step of every neuron; where neurons may fire several times, all spikes, and of each the last step. Of a run whose
 * firing steps are known, it only counts whether as many fire.
 */
final class SpikeRecorder implements SpikeObserver {
    private final ProgramMap map;
    private final Shape[] shapes;
    private final int[][] steps;
    private final EventList[][] trains;
    private final Optional<DataPath.Known> known;
    private final int[] fired;

    private SpikeRecorder(ProgramMap map, int[][] steps, EventList[][] trains, Optional<DataPath.Known> known) {
        this.map = map;
        this.shapes = map.layers().stream().map(ProgramMap.Layer::output).toArray(Shape[]::new);
        this.steps = steps;
        this.trains = trains;
        this.known = known;
        this.fired = new int[steps.length];
    }

    /** One to which nothing was told. */
    static SpikeRecorder of(ProgramMap map) {
        int layers = map.layers().size();
        boolean several = map.kind() == ProgramMap.Kind.SPIKING_PLAIN;
        EventList[][] trains = new EventList[several ? layers : 0][map.steps() + 1];
        for (EventList[] train : trains) {
            Arrays.setAll(train, _ -> new EventList());
        }
        int[][] steps = new int[layers][];
        for (int layer = 0; layer < layers; layer++) {
            steps[layer] = new int[map.layers().get(layer).output().size()];
            Arrays.fill(steps[layer], TemporalCode.SILENT);
        }
        return new SpikeRecorder(map, steps, trains, Optional.empty());
    }

    /** One of neurons that fire once, at known steps by layer. */
    static SpikeRecorder ofKnown(ProgramMap map, DataPath.Known known) {
        return new SpikeRecorder(map, known.steps().clone(), new EventList[0][], Optional.of(known));
    }

    @Override
    public void fired(int layer, int event, int step) {
        fired[layer]++;
        if (known.isEmpty()) {
            keep(layer, event, step);
        }
    }

    @Override
    public void fired(int layer, EventList events, int step) {
        fired[layer] += events.size();
        for (int i = 0; known.isEmpty() && i < events.size(); i++) {
            keep(layer, events.get(i), step);
        }
    }

    private void keep(int layer, int event, int step) {
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

    /**
     * {@return the steps of all layers}
     *
     * @throws DataException if they were known, and not as many neurons of a layer have fired as was known
     */
    int[][] steps() {
        for (int layer = 1; known.isPresent() && layer < steps.length; layer++) {
            int expected = known.get().record().firing(layer);
            if (fired[layer] != expected) {
                throw new DataException("layer " + map.layers().get(layer).name() + ": " + fired[layer] + " neurons fired, the record has "
                        + expected);
            }
        }
        return steps;
    }
}
