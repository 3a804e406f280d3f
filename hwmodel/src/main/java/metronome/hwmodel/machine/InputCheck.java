package metronome.hwmodel.machine;

import java.util.Arrays;
import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.unit.FiringRecord;
import metronome.isa.program.ProgramMap;

/**
 * Refuses inputs and records of spikes that do not fit a program, with the layer, what it has and what was expected.
 *
 * @param map of the program
 */
record InputCheck(ProgramMap map) {
    /** Firing steps of the input. */
    void steps(int[] input) {
        requireOnce();
        checkSteps(input, map.input(), "input");
    }

    /** Firing steps of the input and of all other layers; returns them as a record. */
    FiringRecord record(int[][] steps) {
        requireOnce();
        require(steps.length == map.layers().size(), "the record has " + steps.length + " layers, the program "
                + map.layers().size());
        List<Shape> shapes = shapes();
        for (int layer = 0; layer < steps.length; layer++) {
            checkCount(steps[layer], shapes.get(layer), map.layers().get(layer).name());
        }
        FiringRecord record = new FiringRecord(steps, shapes, map.steps());
        for (int layer = 0; layer < steps.length; layer++) {
            if (!record.fits(layer)) {
                checkSteps(steps[layer], shapes.get(layer), map.layers().get(layer).name());
            }
        }
        return record;
    }

    /** Of the input and of each layer. */
    List<Shape> shapes() {
        return map.layers().stream().map(ProgramMap.Layer::output).toList();
    }

    /** Spikes of the input, whose list has room for as many as all neurons at all steps, however they are spread. */
    void train(SpikeTrain input) {
        checkTrain(input, map.input(), "input");
        long room = (long) map.input().size() * input.neurons().length;
        require(input.spikes() <= room, "layer input: " + input.spikes() + " spikes, expected at most " + room
                + ", as many as neurons at all steps");
    }

    /** Spikes of the input and of all other layers. */
    void trains(List<SpikeTrain> trains) {
        List<ProgramMap.Layer> layers = map.layers();
        require(trains.size() == layers.size(), "the record has " + trains.size() + " layers, the program " + layers.size());
        train(trains.getFirst());
        for (int layer = 1; layer < layers.size(); layer++) {
            checkTrain(trains.get(layer), layers.get(layer).output(), layers.get(layer).name());
        }
    }

    /** The input of a dense program. */
    void activations(byte[] activations) {
        require(!map.kind().spiking(), "the program takes spikes, not activations");
        require(activations.length == map.input().size(), "input has " + activations.length + " values, the program "
                + map.input().size());
    }

    private void requireOnce() {
        ProgramMap.Kind kind = map.kind();
        require(kind.spiking(), "the program takes activations, not spikes");
        require(kind != ProgramMap.Kind.SPIKING_PLAIN, "the program takes spike trains, not firing steps");
    }

    private static void checkCount(int[] steps, Shape shape, String layer) {
        require(steps.length == shape.size(), "layer " + layer + ": " + steps.length + " firing steps for "
                + shape.size() + " neurons");
    }

    private void checkSteps(int[] steps, Shape shape, String layer) {
        checkCount(steps, shape, layer);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] < TemporalCode.SILENT || steps[i] > map.steps()) {
                throw new DataException("layer " + layer + ": neuron " + i + " fires at step " + steps[i] + ", outside [0, "
                        + map.steps() + "]");
            }
        }
    }

    private void checkTrain(SpikeTrain train, Shape shape, String layer) {
        require(map.kind() == ProgramMap.Kind.SPIKING_PLAIN, "the program's neurons spike once, or not at all");
        require(train.lastStep() == map.steps(), "layer " + layer + ": " + (train.lastStep() + 1) + " steps, the program has "
                + (map.steps() + 1));
        for (int[] step : train.neurons()) {
            require(Arrays.stream(step).allMatch(i -> i >= 0 && i < shape.size()), "layer " + layer
                    + ": spikes must be of its " + shape.size() + " neurons");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DataException(otherwise);
        }
    }
}
