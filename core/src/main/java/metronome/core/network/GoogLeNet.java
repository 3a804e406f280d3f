package metronome.core.network;

/**
 * GoogLeNet (Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, table 1), without the two local response
 * normalisations, which temporal codes cannot express, and without the auxiliary heads, which serve training only.
 *
 * <p>Caffe's pools of stride 2 round the number of places up; here a padding of 1 gives the same shapes.
 */
final class GoogLeNet {
    private static final Window ONE = Window.square(1, 1);
    private static final Window THREE = new Window(3, 3, 1, 1);
    private static final Window FIVE = new Window(5, 5, 1, 2);
    private static final Window HALVE = new Window(3, 3, 2, 1);

    /**
     * Output channels of the four branches of an inception module.
     *
     * @param name of the module
     * @param one of the 1 x 1 convolution
     * @param reduceThree of the 1 x 1 convolution before the 3 x 3
     * @param three of the 3 x 3 convolution
     * @param reduceFive of the 1 x 1 convolution before the 5 x 5
     * @param five of the 5 x 5 convolution
     * @param pool of the 1 x 1 convolution behind the max-pool
     */
    private record Inception(String name, int one, int reduceThree, int three, int reduceFive, int five, int pool) {
    }

    private final NetworkBuilder network = NetworkBuilder.chain("googlenet", new Shape(3, 224, 224));
    private String last = "";

    private GoogLeNet() {
    }

    static Network network() {
        GoogLeNet net = new GoogLeNet();
        net.convolution("conv1", 64, new Window(7, 7, 2, 3)).pool("pool1")
                .convolution("conv2_reduce", 64, ONE).convolution("conv2", 192, THREE).pool("pool2")
                .inception(new Inception("3a", 64, 96, 128, 16, 32, 32))
                .inception(new Inception("3b", 128, 128, 192, 32, 96, 64)).pool("pool3")
                .inception(new Inception("4a", 192, 96, 208, 16, 48, 64))
                .inception(new Inception("4b", 160, 112, 224, 24, 64, 64))
                .inception(new Inception("4c", 128, 128, 256, 24, 64, 64))
                .inception(new Inception("4d", 112, 144, 288, 32, 64, 64))
                .inception(new Inception("4e", 256, 160, 320, 32, 128, 128)).pool("pool4")
                .inception(new Inception("5a", 256, 160, 320, 32, 128, 128))
                .inception(new Inception("5b", 384, 192, 384, 48, 128, 128));
        return net.network.averagePool("pool5", Window.square(7, 1)).rectifier("pool5_relu").dense("fc", 1000).build();
    }

    private GoogLeNet convolution(String name, int outputs, Window window) {
        last = name + "_relu";
        network.convolution(name, outputs, window).rectifier(last);
        return this;
    }

    private GoogLeNet pool(String name) {
        last = name;
        network.maxPool(name, HALVE);
        return this;
    }

    private GoogLeNet inception(Inception module) {
        String input = last;
        String name = "inception_" + module.name;
        String one = convolution(name + "_1x1", module.one, ONE).last;
        network.from(input);
        String three = convolution(name + "_3x3_reduce", module.reduceThree, ONE)
                .convolution(name + "_3x3", module.three, THREE).last;
        network.from(input);
        String five = convolution(name + "_5x5_reduce", module.reduceFive, ONE)
                .convolution(name + "_5x5", module.five, FIVE).last;
        network.from(input).maxPool(name + "_pool", THREE);
        String pool = convolution(name + "_pool_proj", module.pool, ONE).last;
        network.concat(name, one, three, five, pool);
        last = name;
        return this;
    }
}
