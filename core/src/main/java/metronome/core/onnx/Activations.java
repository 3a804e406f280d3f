package metronome.core.onnx;

import metronome.core.network.Operator;

/** Lowers Relu and Clip. */
final class Activations {
    private Activations() {
    }

    static Value relu(Site site) {
        return rectified(site, new Operator.Rectifier());
    }

    /** Bounds are attributes before opset 11 and inputs since. */
    static Value clip(Site site) {
        boolean attributes = site.opset() < 11;
        float least = attributes ? site.decimal("min", -Float.MAX_VALUE)
                : site.optional(1).map(Constant::single).orElse(-Float.MAX_VALUE);
        float most = attributes ? site.decimal("max", Float.MAX_VALUE)
                : site.optional(2).map(Constant::single).orElse(Float.MAX_VALUE);
        site.require(least == 0 && most > 0, "clips to [" + least + ", " + most + "], expected [0, c] with a positive c");
        return rectified(site, new Operator.Rectifier(most == Float.MAX_VALUE ? Float.POSITIVE_INFINITY : most));
    }

    private static Value rectified(Site site, Operator rectifier) {
        Activation input = site.activation(0);
        return site.emit(rectifier, input, true);
    }
}
