package metronome.core.network;

/**
 * The networks of Simonyan and Zisserman ("Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015,
 * table 1): blocks of 3 x 3 convolutions, a halving max-pool after each. For CIFAR-10 the same convolutions stand on 32 x 32
 * pixels, each with batch normalisation, and one dense layer from the 512 channels that are left takes the place of three, as is
 * customary.
 */
final class Vgg {
    private static final Window THREE = new Window(3, 3, 1, 1);
    private static final Window HALVE = Window.square(2, 2);
    private static final int[] CHANNELS = {64, 128, 256, 512, 512};

    /** How many convolutions each block has: configuration A. */
    static final int[] ELEVEN = {1, 1, 2, 2, 2};
    /** Configuration D. */
    static final int[] SIXTEEN = {2, 2, 3, 3, 3};

    private Vgg() {
    }

    static Network imageNet(String name, int[] convolutions) {
        return convolutions(NetworkBuilder.chain(name, new Shape(3, 224, 224)), convolutions, false)
                .dense("fc6", 4096).rectifier("relu6").dense("fc7", 4096).rectifier("relu7").dense("fc8", 1000).build();
    }

    static Network cifar(String name, int[] convolutions) {
        return convolutions(NetworkBuilder.chain(name, new Shape(3, 32, 32)), convolutions, true).dense("fc", 10).build();
    }

    private static NetworkBuilder convolutions(NetworkBuilder network, int[] convolutions, boolean normalised) {
        for (int b = 0; b < CHANNELS.length; b++) {
            for (int c = 0; c < convolutions[b]; c++) {
                String number = (b + 1) + "_" + (c + 1);
                network.convolution("conv" + number, CHANNELS[b], THREE);
                if (normalised) {
                    network.batchNormalisation("norm" + number);
                }
                network.rectifier("relu" + number);
            }
            network.maxPool("pool" + (b + 1), HALVE);
        }
        return network;
    }
}
