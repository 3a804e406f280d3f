package metronome.core.network;

import java.util.List;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;

/**
 * Architectures that ship; their weights are zeros, see {@link ZooWeights} for trained ones. Dropout is left out, which
 * does nothing at inference.
 */
public final class Zoo {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final Window FIVE = Window.square(5, 1);
    private static final Window HALVE = Window.square(2, 2);
    private static final Window THREE = new Window(3, 3, 1, 1);

    /** All architectures by name. */
    public static final List<String> NAMES = List.of("lenet", "lenet-caffe", "lenet5", "alexnet", "vgg11", "vgg16", "vgg7", "vgg11-cifar",
            "vgg16-cifar", "googlenet", "squeezenet", "resnet18", "resnet20", "mobilenet");

    private Zoo() {
    }

    /**
     * {@return the architecture of that name}
     *
     * @param name one of {@link #NAMES}
     * @throws DataException if there is none of that name
     */
    public static Network of(String name) {
        return switch (name) {
            case "lenet" -> lenet();
            case "lenet-caffe" -> lenetCaffe();
            case "lenet5" -> lenet5();
            case "alexnet" -> alexnet();
            case "vgg11" -> Vgg.imageNet(name, Vgg.ELEVEN);
            case "vgg16" -> Vgg.imageNet(name, Vgg.SIXTEEN);
            case "vgg7" -> vgg7();
            case "vgg11-cifar" -> Vgg.cifar(name, Vgg.ELEVEN);
            case "vgg16-cifar" -> Vgg.cifar(name, Vgg.SIXTEEN);
            case "googlenet" -> GoogLeNet.network();
            case "squeezenet" -> SqueezeNet.network();
            case "resnet18" -> ResNet.eighteen();
            case "resnet20" -> ResNet.twenty();
            case "mobilenet" -> MobileNet.network();
            default -> throw new DataException("unknown architecture \"" + name + "\", expected one of "
                    + String.join(", ", NAMES) + Nearest.hint(name, NAMES));
        };
    }

    /**
     * {@return whether the weights of a node are a part of the architecture, not of what is trained: the shortcuts of ResNet-20}
     *
     * @param architecture one of {@link #NAMES}
     * @param node of it
     */
    public static boolean isConstant(String architecture, Node node) {
        return architecture.equals("resnet20") && ResNet.isShortcut(node);
    }

    /**
     * {@return SqueezeNet as its Caffe model computes it: there the last convolution has 56 places around it that see nothing and
     * hold its rectified bias, which the mean takes in as a bias}
     *
     * @param squeezenet the architecture of that name, trained
     */
    public static Network withBorder(Network squeezenet) {
        return SqueezeNet.withBorder(squeezenet);
    }

    /**
     * {@return Metronome's own network of LeNet-5's class for images of 1 x 28 x 28: convolutions 5 x 5 to 16 and 32
     * channels, each with rectifier and a halving max-pool, then dense 128 and 10; 80,202 parameters}
     */
    public static Network lenet() {
        return NetworkBuilder.chain("lenet", IMAGE)
                .convolution("conv1", 16, FIVE).rectifier("relu1").maxPool("pool1", HALVE)
                .convolution("conv2", 32, FIVE).rectifier("relu2").maxPool("pool2", HALVE)
                .dense("fc1", 128).rectifier("relu3")
                .dense("fc2", 10)
                .build();
    }

    /**
     * {@return Metronome's own network of VGG's class for images of 3 x 32 x 32: three pairs of 3 x 3 convolutions to 32, 72
     * and 160 channels, each with batch normalisation and rectifier, a halving max-pool after each pair, the mean of what is
     * left and a dense layer; 415 k parameters, 49.0 M multiply-accumulates}
     */
    public static Network vgg7() {
        NetworkBuilder network = NetworkBuilder.chain("vgg7", new Shape(3, 32, 32));
        int[] channels = {32, 72, 160};
        for (int b = 0; b < channels.length; b++) {
            for (int c = 1; c <= 2; c++) {
                String number = (b + 1) + "_" + c;
                network.convolution("conv" + number, channels[b], THREE).batchNormalisation("norm" + number)
                        .rectifier("relu" + number);
            }
            network.maxPool("pool" + (b + 1), HALVE);
        }
        return network.averagePool("mean", Window.square(4, 1)).dense("fc", 10).build();
    }

    /**
     * {@return Caffe's LeNet (20-50-500-10; bvlc/caffe, examples/mnist/lenet.prototxt), which rectifies only the hidden
     * dense layer; 2,293,000 multiply-accumulates}
     */
    public static Network lenetCaffe() {
        return NetworkBuilder.chain("lenet-caffe", IMAGE)
                .convolution("conv1", 20, FIVE).maxPool("pool1", HALVE)
                .convolution("conv2", 50, FIVE).maxPool("pool2", HALVE)
                .dense("ip1", 500).rectifier("relu1")
                .dense("ip2", 10)
                .build();
    }

    /**
     * {@return LeNet-5 (LeCun, Bottou, Bengio and Haffner, Proceedings of the IEEE 1998, figure 2) in the shapes of that paper for
     * images of 28 x 28, padded to its 32 x 32, but as is customary now: rectifiers in place of sigmoids, max-pools in place of
     * trained means, every channel of the third layer connected to all before; 61,706 parameters, 416,520 multiply-accumulates}
     */
    public static Network lenet5() {
        return NetworkBuilder.chain("lenet5", IMAGE)
                .convolution("c1", 6, new Window(5, 5, 1, 2)).rectifier("relu1").maxPool("s2", HALVE)
                .convolution("c3", 16, FIVE).rectifier("relu3").maxPool("s4", HALVE)
                .dense("c5", 120).rectifier("relu5").dense("f6", 84).rectifier("relu6")
                .dense("output", 10)
                .build();
    }

    /**
     * {@return AlexNet for images of 3 x 227 x 227 as Caffe has it (Krizhevsky, Sutskever and Hinton, NIPS 2012;
     * bvlc/caffe, models/bvlc_alexnet), its second, fourth and fifth convolutions in two groups, without the two local
     * response normalisations, which temporal codes cannot express; 61.0 M parameters, 724.4 M multiply-accumulates}
     */
    public static Network alexnet() {
        Window overlapping = Window.square(3, 2);
        Window paired = THREE.grouped(2);
        return NetworkBuilder.chain("alexnet", new Shape(3, 227, 227))
                .convolution("conv1", 96, Window.square(11, 4)).rectifier("relu1").maxPool("pool1", overlapping)
                .convolution("conv2", 256, new Window(5, 5, 1, 2).grouped(2)).rectifier("relu2").maxPool("pool2", overlapping)
                .convolution("conv3", 384, THREE).rectifier("relu3")
                .convolution("conv4", 384, paired).rectifier("relu4")
                .convolution("conv5", 256, paired).rectifier("relu5").maxPool("pool5", overlapping)
                .dense("fc6", 4096).rectifier("relu6").dense("fc7", 4096).rectifier("relu7").dense("fc8", 1000)
                .build();
    }
}
