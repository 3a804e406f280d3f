package metronome.core.onnx;

import java.util.List;
import metronome.core.network.Network;

/**
 * What came of an ONNX file.
 *
 * @param network with the file's weights; it takes what the file's graph takes, but always channels before rows and columns
 * @param remarks what was left out, assumed, or put in another way, a sentence each
 */
public record OnnxImport(Network network, List<String> remarks) {
    /** Copies the list. */
    public OnnxImport {
        remarks = List.copyOf(remarks);
    }
}
