package metronome.core.network;

import java.util.Map;
import java.util.TreeMap;
import metronome.core.tensor.Tensor;

/** The residual networks of He, Zhang, Ren and Sun ("Deep Residual Learning for Image Recognition", CVPR 2016). */
final class ResNet {
    /** What the name of a shortcut that changes the shape ends in. */
    private static final String SHORTCUT = ".shortcut";

    private final NetworkBuilder network;
    private final boolean normalised;
    private String last = Network.INPUT;
    private int channels;

    private ResNet(String name, Shape input, boolean normalised) {
        network = NetworkBuilder.chain(name, input);
        this.normalised = normalised;
    }

    /** Of 18 layers for 224 x 224 pixels: shortcuts that change the shape are projections (option B). */
    static Network eighteen() {
        ResNet net = new ResNet("resnet18", new Shape(3, 224, 224), true);
        net.convolution("conv1", 64, new Window(7, 7, 2, 3)).rectifier("relu1");
        net.network.maxPool("pool1", new Window(3, 3, 2, 1));
        net.last = "pool1";
        net.stages(2, 64, 128, 256, 512);
        return net.network.averagePool("mean", Window.square(7, 1)).dense("fc", 1000).build();
    }

    /**
     * Of 20 layers for CIFAR-10, normalisations folded into the convolutions: shortcuts that change the shape take every second
     * pixel and put as many channels of zeros before and behind as are missing (option A), which is a convolution with a kernel
     * of zeros and ones.
     */
    static Network twenty() {
        ResNet net = new ResNet("resnet20", new Shape(3, 32, 32), false);
        net.convolution("conv1", 16, new Window(3, 3, 1, 1)).rectifier("relu1");
        net.stages(3, 16, 32, 64);
        Network network = net.network.averagePool("mean", Window.square(8, 1)).dense("linear", 10).build();
        Map<String, Operator> shortcuts = new TreeMap<>();
        for (Node node : network.nodes()) {
            if (isShortcut(node) && node.operator() instanceof Operator.Convolution(var window, var weights, var bias)) {
                shortcuts.put(node.name(), new Operator.Convolution(window, padding(weights), bias));
            }
        }
        return network.with(shortcuts);
    }

    /** Whether a node is a shortcut that changes the shape. */
    static boolean isShortcut(Node node) {
        return node.name().endsWith(SHORTCUT);
    }

    private static Tensor padding(Tensor weights) {
        int inputs = weights.extent(1);
        Tensor kernel = Tensor.zeros(weights.shape());
        int before = (weights.extent(0) - inputs) / 2;
        for (int c = 0; c < inputs; c++) {
            kernel.data()[(before + c) * inputs + c] = 1;
        }
        return kernel;
    }

    private void stages(int blocks, int... widths) {
        channels = widths[0];
        for (int stage = 0; stage < widths.length; stage++) {
            for (int block = 0; block < blocks; block++) {
                block("layer" + (stage + 1) + "." + block, widths[stage], stage > 0 && block == 0 ? 2 : 1);
            }
        }
    }

    private void block(String name, int width, int stride) {
        String input = last;
        convolution(name + ".conv1", width, new Window(3, 3, stride, 1)).rectifier(name + ".relu1");
        String sum = convolution(name + ".conv2", width, new Window(3, 3, 1, 1)).last;
        String shortcut = input;
        if (width != channels) {
            network.from(input);
            shortcut = convolution(name + SHORTCUT, width, Window.square(1, stride)).last;
        }
        channels = width;
        network.add(name + ".add", sum, shortcut);
        rectifier(name + ".relu2");
    }

    private ResNet convolution(String name, int outputs, Window window) {
        network.convolution(name, outputs, window);
        last = name;
        if (normalised) {
            last = name + ".norm";
            network.batchNormalisation(last);
        }
        return this;
    }

    private void rectifier(String name) {
        network.rectifier(name);
        last = name;
    }
}
