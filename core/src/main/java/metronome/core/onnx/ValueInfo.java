package metronome.core.onnx;

import java.util.Arrays;
import java.util.Optional;
import metronome.core.protobuf.MessageReader;

/**
 * An input or output of a graph ({@code ValueInfoProto}).
 *
 * @param name of the value
 * @param type of a tensor; empty where the value is none
 */
record ValueInfo(String name, Optional<Type> type) {
    /**
     * What is said of a tensor ({@code TypeProto.Tensor}).
     *
     * @param elements number of the element type; 0 where it is not said
     * @param shape its extents, 0 for one that is a name or not said; empty where there is no shape
     */
    record Type(long elements, Optional<long[]> shape) {
        static Type read(MessageReader message) {
            long elements = 0;
            Optional<long[]> shape = Optional.empty();
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> elements = message.number();
                    case 2 -> shape = Optional.of(extents(message.message()));
                    default -> message.skip();
                }
            }
            return new Type(elements, shape);
        }
    }

    static ValueInfo read(MessageReader message) {
        String name = "";
        Optional<Type> type = Optional.empty();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> type = type(message.message());
                default -> message.skip();
            }
        }
        return new ValueInfo(name, type);
    }

    private static Optional<Type> type(MessageReader message) {
        Optional<Type> type = Optional.empty();
        while (message.next()) {
            if (message.field() == 1) {
                type = Optional.of(Type.read(message.message()));
            } else {
                message.skip();
            }
        }
        return type;
    }

    private static long[] extents(MessageReader message) {
        Numbers extents = new Numbers();
        while (message.next()) {
            if (message.field() == 1) {
                extents.add(extent(message.message()));
            } else {
                message.skip();
            }
        }
        return extents.toArray();
    }

    private static long extent(MessageReader message) {
        long extent = 0;
        while (message.next()) {
            if (message.field() == 1) {
                extent = message.number();
            } else {
                message.skip();
            }
        }
        return extent;
    }

    /** {@return the extents, if they are said} */
    Optional<long[]> shape() {
        return type.flatMap(Type::shape);
    }

    /** {@return the shape in words, for messages} */
    String shapeText() {
        return shape().map(Arrays::toString).orElse("no stated shape");
    }
}
