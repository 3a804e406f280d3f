package metronome.core.network;

import java.util.Map;
import metronome.core.tensor.Tensor;

/**
 * SqueezeNet v1.0 for 227 x 227 pixels (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
 * smaller than 0.5 MB model size", arXiv:1602.07360, table 1), layers called as in its Caffe model.
 *
 * <p>The last convolution there has a 1 x 1 kernel and a padding of 1, whose 56 places see nothing and hold the rectified bias.
 * Here it has no padding; the mean is over the same 15 x 15 places, of which the outer ones are zeros, as they are where no bias
 * is positive.
 */
final class SqueezeNet {
    /** The mean over 13 x 13 places and the 56 around them. */
    private static final String MEAN = "pool_final";
    /** The convolution that it is the mean of. */
    private static final String LAST = "conv_final";
    /** Share of the places of the mean that see no input. */
    private static final double BORDER = 56.0 / 225;

    private static final Window ONE = Window.square(1, 1);
    private static final Window THREE = new Window(3, 3, 1, 1);
    private static final Window WHOLE = new Window(15, 15, 1, 1);
    private static final Window HALVE = Window.square(3, 2).roundedUp();

    private final NetworkBuilder network = NetworkBuilder.chain("squeezenet", new Shape(3, 227, 227));

    private SqueezeNet() {
    }

    static Network network() {
        SqueezeNet net = new SqueezeNet();
        net.convolution("conv1", 96, Window.square(7, 2));
        net.network.maxPool("pool1", HALVE);
        net.fire(2, 16, 64);
        net.fire(3, 16, 64);
        net.fire(4, 32, 128);
        net.network.maxPool("pool4", HALVE);
        net.fire(5, 32, 128);
        net.fire(6, 48, 192);
        net.fire(7, 48, 192);
        net.fire(8, 64, 256);
        net.network.maxPool("pool8", HALVE);
        net.fire(9, 64, 256);
        net.convolution(LAST, 1000, ONE);
        return net.network.averagePool(MEAN, WHOLE).build();
    }

    /**
     * The network with its biases around the last convolution: the mean becomes a convolution of one group for each channel, whose
     * bias is the border's share of the rectified bias.
     *
     * @param network this architecture, trained
     */
    static Network withBorder(Network network) {
        Tensor bias = network.nodes().stream().filter(n -> n.name().equals(LAST)).map(Node::operator)
                .map(o -> ((Operator.Convolution) o).bias()).findFirst().orElseThrow();
        Operator.Convolution mean = new Operator.AveragePool(WHOLE).asConvolution(bias.size());
        for (int c = 0; c < bias.size(); c++) {
            mean.bias().data()[c] = (float) (BORDER * Math.max(0, bias.data()[c]));
        }
        return network.with(Map.of(MEAN, mean));
    }

    private String convolution(String name, int outputs, Window window) {
        network.convolution(name, outputs, window).rectifier(name + "_relu");
        return name + "_relu";
    }

    private void fire(int number, int squeezed, int expanded) {
        String name = "fire" + number + "/";
        String squeeze = convolution(name + "conv1x1_1", squeezed, ONE);
        String one = convolution(name + "conv1x1_2", expanded, ONE);
        network.from(squeeze);
        String three = convolution(name + "conv3x3_2", expanded, THREE);
        network.concat(name + "concat", one, three);
    }
}
