package metronome.core.onnx;

import java.util.Arrays;
import java.util.List;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/** Lowers MaxPool, AveragePool and their global kin. */
final class Pools {
    private Pools() {
    }

    static Value max(Site site) {
        Activation input = site.image(0);
        site.require(input.border().equals(Border.NONE) || input.nonNegative(), "the zeros that a Pad before it adds would take "
                + "part in the maximum of values that may be negative");
        site.require(!site.flag("storage_order"), "storage_order 1 is not supported");
        Geometry geometry = geometry(site, input);
        return pooled(site, input, new Operator.MaxPool(window(site, input, geometry)), geometry);
    }

    static Value average(Site site) {
        Activation input = site.image(0);
        Geometry geometry = geometry(site, input);
        boolean counted = site.flag("count_include_pad") || !input.border().equals(Border.NONE) && unpadded(site);
        site.require(counted || !geometry.touchesPadding(), "a mean that leaves out the padding has no fixed divisor; export it "
                + "with count_include_pad 1, or without padding");
        Window window = window(site, input, geometry);
        site.require(!window.ceiling(), "a mean whose last window passes the padded input (ceil_mode) has no fixed divisor");
        return pooled(site, input, new Operator.AveragePool(window), geometry);
    }

    /** Whether all zeros around the input are those of a Pad, which count in any case. */
    private static boolean unpadded(Site site) {
        boolean explicit = site.text("auto_pad", "NOTSET").equals("NOTSET");
        return explicit && Arrays.stream(site.integers("pads", 4, 0, 0, Geometry.MOST)).sum() == 0 && !site.flag("ceil_mode");
    }

    private static Geometry geometry(Site site, Activation input) {
        int[] kernel = site.integers("kernel_shape", 2, 0, 1, Geometry.MOST);
        return Geometry.of(site, kernel, input.view().shape(), input.border());
    }

    private static Window window(Site site, Activation input, Geometry geometry) {
        return geometry.poolWindow(site, input.view().shape()).orElseThrow(() -> site.refusal("pads " + geometry.pads()
                + " cannot be expressed by one padding on all sides"));
    }

    static Value globalMax(Site site) {
        Activation input = unbordered(site);
        return global(site, input, new Operator.MaxPool(Window.covering(input.view().shape())));
    }

    static Value globalAverage(Site site) {
        Activation input = unbordered(site);
        return global(site, input, new Operator.AveragePool(Window.covering(input.view().shape())));
    }

    private static Activation unbordered(Site site) {
        site.activation(0);
        return site.image(0);
    }

    private static Value pooled(Site site, Activation input, Operator operator, Geometry geometry) {
        return emit(site, input, operator, geometry.output(input.view().shape().channels()));
    }

    private static Value global(Site site, Activation input, Operator operator) {
        return emit(site, input, operator, Shape.vector(input.view().shape().channels()));
    }

    private static Value emit(Site site, Activation input, Operator operator, Shape output) {
        return site.emit(operator, List.of(input.node()), View.image(output), input.nonNegative());
    }
}
