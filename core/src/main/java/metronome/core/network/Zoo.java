package metronome.core.network;

/** Architectures that ship; their weights are zeros, see {@link ZooWeights} for trained ones. */
public final class Zoo {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final Window FIVE = Window.square(5, 1);
    private static final Window HALVE = Window.square(2, 2);

    private Zoo() {
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
}
