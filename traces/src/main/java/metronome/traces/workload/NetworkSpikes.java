package metronome.traces.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import metronome.core.io.DataException;
import metronome.traces.trace.TraceReader;

/**
 * The spikes of a network in one image, layer by layer.
 *
 * @param network its name
 * @param layers what reaches each layer, in their order, maybe followed by what the last one fires
 */
public record NetworkSpikes(String network, List<LayerSpikes> layers) {
    /** Copies the list. */
    public NetworkSpikes {
        layers = List.copyOf(layers);
    }

    /**
     * {@return the spikes of a file}
     *
     * @param file a trace, or an archive of arrays of 0 and 1, whose network is called as the file is
     * @param image which of a trace; empty for its first, or for an archive, which has one
     * @throws DataException if it is neither, is damaged, or does not have the image
     */
    public static NetworkSpikes read(Path file, OptionalInt image) {
        if (TraceReader.recognises(file)) {
            return SpikeTrace.network(file, image);
        }
        if (image.isPresent()) {
            throw new DataException(file + ": no trace, which alone has images by number");
        }
        return new NetworkSpikes(name(file), SpikeTensors.read(file));
    }

    /**
     * {@return a file's name without what is behind the last dot}
     *
     * @param file any
     */
    public static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
