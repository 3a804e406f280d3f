package metronome.core.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.protobuf.MessageReader;

/**
 * A graph ({@code GraphProto}).
 *
 * @param nodes in topological order
 * @param initialisers tensors by name
 * @param inputs among them, in older files, the initialisers
 * @param outputs values that it computes
 */
record Graph(List<OnnxNode> nodes, Map<String, Constant> initialisers, List<ValueInfo> inputs, List<ValueInfo> outputs) {
    static Graph read(MessageReader message) {
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, Constant> initialisers = new LinkedHashMap<>();
        List<ValueInfo> inputs = new ArrayList<>();
        List<ValueInfo> outputs = new ArrayList<>();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> nodes.add(OnnxNode.read(message.message()));
                case 5 -> {
                    Constant tensor = TensorReader.read(message.message());
                    if (initialisers.put(tensor.name(), tensor) != null) {
                        throw new DataException("tensor " + tensor.name() + ": there are two initialisers of that name");
                    }
                }
                case 11 -> inputs.add(ValueInfo.read(message.message()));
                case 12 -> outputs.add(ValueInfo.read(message.message()));
                case 15 -> throw new DataException("sparse initialisers are not supported; save the weights as dense tensors");
                default -> message.skip();
            }
        }
        return new Graph(List.copyOf(nodes), initialisers, List.copyOf(inputs), List.copyOf(outputs));
    }

    /** {@return the inputs that are no initialisers} */
    List<ValueInfo> trueInputs() {
        return inputs.stream().filter(i -> !initialisers.containsKey(i.name())).toList();
    }
}
