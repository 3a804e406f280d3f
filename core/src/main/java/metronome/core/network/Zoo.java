package metronome.core.network;

import java.util.List;

/**
 * Architectures that ship; their weights are zeros, see {@link ZooWeights} for trained ones. Dropout is left out, which
 * does nothing at inference.
 */
public final class Zoo {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final Window FIVE = Window.square(5, 1);
    private static final Window HALVE = Window.square(2, 2);
    private static final Window THREE = new Window(3, 3, 1, 1);

    /** Architectures of which no trained weights ship, by name. */
    public static final List<String> UNTRAINED = List.of("alexnet", "vgg16", "googlenet");

    private Zoo() {
    }

    /**
     * {@return one of {@link #UNTRAINED}}
     *
     * @param name of it
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Network untrained(String name) {
        return switch (name) {
            case "alexnet" -> alexnet();
            case "vgg16" -> vgg16();
            case "googlenet" -> googlenet();
            default -> throw new IllegalArgumentException("no architecture of that name: " + name);
        };
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

    /**
     * {@return GoogLeNet for images of 3 x 224 x 224, see {@link GoogLeNet}; 7.0 M parameters, 1,583 M
     * multiply-accumulates}
     */
    public static Network googlenet() {
        return GoogLeNet.network();
    }

    /**
     * {@return VGG-16 for images of 3 x 224 x 224 (Simonyan and Zisserman, "Very Deep Convolutional Networks for
     * Large-Scale Image Recognition", ICLR 2015, configuration D); 138.4 M parameters, 15,470 M multiply-accumulates}
     */
    public static Network vgg16() {
        NetworkBuilder network = NetworkBuilder.chain("vgg16", new Shape(3, 224, 224));
        int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
        for (int b = 0; b < blocks.length; b++) {
            for (int c = 0; c < blocks[b].length; c++) {
                String number = (b + 1) + "_" + (c + 1);
                network.convolution("conv" + number, blocks[b][c], THREE).rectifier("relu" + number);
            }
            network.maxPool("pool" + (b + 1), HALVE);
        }
        return network.dense("fc6", 4096).rectifier("relu6").dense("fc7", 4096).rectifier("relu7").dense("fc8", 1000)
                .build();
    }
}
