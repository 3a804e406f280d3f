package metronome.core.onnx;

import java.util.Optional;
import metronome.core.protobuf.MessageReader;

/**
 * An attribute of a node; what it does not have is empty.
 *
 * @param name of the attribute
 * @param number where it is a whole number
 * @param decimal where it is a float
 * @param text where it is a string
 * @param tensor where it is a tensor
 * @param numbers where it is a list of whole numbers
 */
record Attribute(String name, Optional<Long> number, Optional<Float> decimal, Optional<String> text, Optional<Constant> tensor,
        long[] numbers) {
    /** {@return the attribute} Graphs in it, lists of floats, of strings and of tensors are read over.
     *
     * @param message at its first field
     */
    static Attribute read(MessageReader message) {
        String name = "";
        Optional<Long> number = Optional.empty();
        Optional<Float> decimal = Optional.empty();
        Optional<String> text = Optional.empty();
        Optional<Constant> tensor = Optional.empty();
        Numbers numbers = new Numbers();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> decimal = Optional.of(Float.intBitsToFloat(message.fixed32()));
                case 3 -> number = Optional.of(message.number());
                case 4 -> text = Optional.of(message.text());
                case 5 -> tensor = Optional.of(TensorReader.read(message.message()));
                case 8 -> message.numbers(numbers::add);
                default -> message.skip();
            }
        }
        return new Attribute(name, number, decimal, text, tensor, numbers.toArray());
    }
}
