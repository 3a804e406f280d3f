package metronome.core.network;

/**
 * MobileNet of width 1.0 for 224 x 224 pixels (Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile
 * Vision Applications", arXiv:1704.04861, table 1): after the first convolution thirteen pairs of a 3 x 3 depth-wise and a 1 x 1
 * convolution, each with batch normalisation and rectifier.
 */
final class MobileNet {
    private static final int[] CHANNELS = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};

    private MobileNet() {
    }

    static Network network() {
        NetworkBuilder network = NetworkBuilder.chain("mobilenet", new Shape(3, 224, 224));
        int channels = 32;
        layer(network, "conv1", channels, new Window(3, 3, 2, 1));
        for (int i = 0; i < CHANNELS.length; i++) {
            layer(network, "conv" + (i + 2) + "_dw", channels, new Window(3, 3, STRIDES[i], 1).grouped(channels));
            channels = CHANNELS[i];
            layer(network, "conv" + (i + 2) + "_pw", channels, Window.square(1, 1));
        }
        return network.averagePool("mean", Window.square(7, 1)).dense("fc", 1000).build();
    }

    private static void layer(NetworkBuilder network, String name, int outputs, Window window) {
        network.convolution(name, outputs, window).batchNormalisation(name + "_norm").rectifier(name + "_relu");
    }
}
