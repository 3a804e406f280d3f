package metronome.traces.cli;

import java.nio.file.Path;
import java.util.Optional;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.ZooWeights;
import metronome.core.spiking.SpikingFile;
import metronome.core.spiking.SpikingNetwork;
import metronome.traces.run.Conversion;

/**
 * A pair of trained networks.
 *
 * @param dnn as trained first
 * @param staircase retrained
 * @param source where they come from, in words
 */
record Trained(Network dnn, Network staircase, String source) {
    static final String DNN_FILE = "dnn.safetensors";
    static final String STAIRCASE_FILE = "staircase.safetensors";

    /**
     * {@return those of a directory, or those that ship}
     *
     * @param dataset for which they were trained
     * @param directory as train wrote it
     */
    static Trained of(String dataset, Optional<Path> directory) {
        return directory
                .map(d -> new Trained(NetworkFile.read(d.resolve(DNN_FILE)), NetworkFile.read(d.resolve(STAIRCASE_FILE)),
                        "given by --weights"))
                .orElseGet(() -> new Trained(ZooWeights.load(dataset, ZooWeights.Kind.DNN),
                        ZooWeights.load(dataset, ZooWeights.Kind.STAIRCASE), "shipped with this version"));
    }

    /**
     * {@return a spiking network, as run converts the one that ships if there is no file}
     *
     * @param file of convert or run
     * @param dataset of the one that ships
     */
    static SpikingNetwork spiking(Optional<Path> file, String dataset) {
        return file.map(SpikingFile::read).orElseGet(() -> Defaults.CONVERSION.convert(of(dataset, Optional.empty()).staircase()));
    }

    /** Says what follows from a code for which the network was not trained. */
    void remarkCode(Conversion conversion, Console console) {
        if (!conversion.code(staircase).equals(Conversion.trained(staircase))) {
            console.remark("note: the weights were retrained for " + Conversion.trained(staircase)
                    + "; with another code accuracy suffers unless they are retrained for it (train)");
        }
    }
}
