package metronome.traces.cli;

import java.nio.file.Path;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.traces.workload.SpikeTrainCsv;
import metronome.traces.trace.TraceReader;
import metronome.traces.workload.LayerSpikes;
import metronome.traces.workload.SpikeTrace;

/** The input of a plain network from a file of either kind. */
final class InputTrain {
    private InputTrain() {
    }

    /**
     * {@return the spikes of an input}
     *
     * @param file lines step,neuron, or a trace, of which the first layer in the first image is taken
     * @param shape that the input must have
     * @param lastStep T; that of a trace must be the same
     * @throws DataException if it is neither, is damaged, or does not fit
     */
    static SpikeTrain read(Path file, Shape shape, int lastStep) {
        if (!TraceReader.recognises(file)) {
            return SpikeTrainCsv.read(file, shape.size(), lastStep);
        }
        LayerSpikes spikes = SpikeTrace.input(file);
        if (!spikes.shape().equals(shape) || spikes.train().lastStep() != lastStep) {
            throw new DataException(file + ": spikes of an input of " + spikes.shape() + " over the steps 0 to " + spikes.train().lastStep()
                    + ", the network takes " + shape + " and 0 to " + lastStep);
        }
        return spikes.train();
    }
}
