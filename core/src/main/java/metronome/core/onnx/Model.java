package metronome.core.onnx;

import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.protobuf.MessageReader;

/**
 * A whole file ({@code ModelProto}).
 *
 * @param opset version of ONNX's own operators
 * @param graph what is computed
 */
record Model(int opset, Graph graph) {
    /** The oldest version of the operators that is understood: opset 9 and, as it hardly differs, 8. */
    static final int OLDEST = 8;
    /** The newest version of the operators that is understood. */
    static final int NEWEST = 21;

    static Model read(MessageReader message) {
        Optional<Graph> graph = Optional.empty();
        long opset = 0;
        while (message.next()) {
            switch (message.field()) {
                case 7 -> {
                    if (graph.isPresent()) {
                        throw new DataException("the file has two graphs, expected one");
                    }
                    graph = Optional.of(Graph.read(message.message()));
                }
                case 8 -> opset = Math.max(opset, version(message.message()));
                default -> message.skip();
            }
        }
        if (opset < OLDEST || opset > NEWEST) {
            throw new DataException(opset == 0 ? "no version of the operators of domain ai.onnx is stated; no ONNX file?"
                    : "opset " + Long.toUnsignedString(opset) + " of domain ai.onnx, expected one in [" + OLDEST + ", " + NEWEST + "]");
        }
        return new Model((int) opset, graph.orElseThrow(() -> new DataException("there is no graph; no ONNX file?")));
    }

    /** The version of ONNX's own operators, or 0 for those of others, which only matter where a node uses one. */
    private static long version(MessageReader message) {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> domain = message.text();
                case 2 -> version = message.number();
                default -> message.skip();
            }
        }
        return own(domain) ? version : 0;
    }

    /** {@return whether a domain is that of ONNX's own operators}
     *
     * @param domain as a node or an import has it
     */
    static boolean own(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
