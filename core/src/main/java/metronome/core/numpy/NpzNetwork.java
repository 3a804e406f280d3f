package metronome.core.numpy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.network.InputTransform;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Zoo;
import metronome.core.tensor.Tensor;

/**
 * Trained networks from archives that hold nothing but arrays: the architecture says what is computed, and each of its layers
 * takes the arrays {@code LAYER.weight} ([out, in / groups, kernel height, kernel width] or [out, in]) and {@code LAYER.bias}.
 * What the networks want of their input becomes part of them, so that they take pixels in [0, 1], red first.
 */
public final class NpzNetwork {
    /** Architectures whose archives are understood. */
    public static final List<String> ARCHITECTURES = List.of("lenet-caffe", "resnet20", "squeezenet");

    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private final SequencedMap<String, Tensor> arrays;

    private NpzNetwork(SequencedMap<String, Tensor> arrays) {
        this.arrays = arrays;
    }

    /**
     * {@return the network}
     *
     * @param file an archive
     * @param architecture one of {@link #ARCHITECTURES}
     * @throws DataException if the architecture is unknown, the archive cannot be read, or an array is missing, has another
     *     shape, is not finite or is not used
     */
    public static Network read(Path file, String architecture) {
        if (!ARCHITECTURES.contains(architecture)) {
            throw new DataException("architecture \"" + architecture + "\" is not known of archives, expected one of "
                    + String.join(", ", ARCHITECTURES) + Nearest.hint(architecture, ARCHITECTURES));
        }
        SequencedMap<String, Tensor> arrays = Npz.read(file);
        try {
            return input(architecture).before(bordered(new NpzNetwork(arrays).fill(Zoo.of(architecture))));
        } catch (DataException e) {
            throw e.in(file + " as " + architecture);
        }
    }

    /** As each of them was trained; the archives say nothing of it. */
    private static InputTransform input(String architecture) {
        return switch (architecture) {
            case "lenet-caffe" -> new InputTransform(255.0 / 256, List.of(), List.of(), InputTransform.Order.RGB);
            case "resnet20" -> new InputTransform(1, List.of(.485, .456, .406), List.of(.229, .224, .225),
                    InputTransform.Order.RGB);
            case "squeezenet" -> new InputTransform(255, List.of(104.0, 117.0, 123.0), List.of(), InputTransform.Order.BGR);
            default -> InputTransform.NONE;
        };
    }

    private Network fill(Network architecture) {
        SequencedSet<String> left = arrays.sequencedKeySet().stream().collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        Map<String, Operator> filled = new LinkedHashMap<>();
        for (Node node : architecture.nodes()) {
            Operator operator = switch (node.operator()) {
                case Operator.Convolution c when !Zoo.isConstant(architecture.name(), node) -> new Operator.Convolution(c.window(),
                        take(left, node.name() + WEIGHT, c.weights()), take(left, node.name() + BIAS, c.bias()));
                case Operator.Dense d -> new Operator.Dense(take(left, node.name() + WEIGHT, d.weights()),
                        take(left, node.name() + BIAS, d.bias()));
                default -> node.operator();
            };
            filled.put(node.name(), operator);
        }
        if (!left.isEmpty()) {
            throw new DataException("array " + left.getFirst() + ": no layer takes it" + (left.size() > 1 ? ", nor "
                    + (left.size() - 1) + " more" : ""));
        }
        return architecture.with(filled);
    }

    private Tensor take(SequencedSet<String> left, String name, Tensor like) {
        Tensor array = arrays.get(name);
        if (array == null) {
            throw new DataException("array " + name + " is missing, expected " + Arrays.toString(like.shape())
                    + Nearest.hint(name, left));
        }
        if (!Arrays.equals(array.shape(), like.shape())) {
            throw new DataException("array " + name + " has shape " + Arrays.toString(array.shape()) + ", expected "
                    + Arrays.toString(like.shape()));
        }
        for (int i = 0; i < array.size(); i++) {
            if (!Float.isFinite(array.data()[i])) {
                throw new DataException("array " + name + ": element " + i + " is " + array.data()[i] + ", expected a finite number");
            }
        }
        left.remove(name);
        return array;
    }

    /** The places around SqueezeNet's last convolution hold its rectified bias, which the mean over them takes in. */
    private static Network bordered(Network network) {
        return network.name().equals("squeezenet") ? Zoo.withBorder(network) : network;
    }
}
