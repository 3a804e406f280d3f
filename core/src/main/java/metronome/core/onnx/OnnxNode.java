package metronome.core.onnx;

import java.util.ArrayList;
import java.util.List;
import metronome.core.protobuf.MessageReader;

/**
 * A node of an ONNX graph ({@code NodeProto}).
 *
 * @param name may be empty
 * @param operator for example {@code Conv}
 * @param domain empty for the operators of ONNX itself
 * @param inputs names of values; an empty one stands for an optional input that is not given
 * @param outputs names of values
 * @param attributes in the file's order
 */
record OnnxNode(String name, String operator, String domain, List<String> inputs, List<String> outputs,
        List<Attribute> attributes) {
    static OnnxNode read(MessageReader message) {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> inputs.add(message.text());
                case 2 -> outputs.add(message.text());
                case 3 -> name = message.text();
                case 4 -> operator = message.text();
                case 5 -> attributes.add(Attribute.read(message.message()));
                case 7 -> domain = message.text();
                default -> message.skip();
            }
        }
        return new OnnxNode(name, operator, domain, List.copyOf(inputs), List.copyOf(outputs), List.copyOf(attributes));
    }

    /** {@return its name, or that of its output where it has none} */
    String title() {
        return !name.isEmpty() ? name : outputs.isEmpty() ? "without a name" : outputs.getFirst();
    }

    /** {@return the beginning of a message about it} */
    String place() {
        return "node " + title() + " (" + operator + ")";
    }
}
