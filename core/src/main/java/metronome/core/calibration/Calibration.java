package metronome.core.calibration;

import java.util.Map;
import java.util.Optional;
import metronome.core.code.TemporalCode;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.tensor.Tensor;

/**
 * How a trained network becomes one with staircases without being trained again.
 *
 * @param code of the staircases
 * @param form what becomes of a signed input
 * @param percentile of a layer's positive activations that becomes 1, in (0, 100]
 * @param correction of what the code rounds
 */
public record Calibration(TemporalCode code, InputForm form, double percentile, Correction correction) {
    /**
     * A converted network.
     *
     * @param prepared the network with staircases, and what is computed before it
     * @param signed which layers had no rectifier, and what became of them
     */
    public record Result(Prepared prepared, SignedLayers signed) {
    }

    /**
     * {@return the network with staircases, and what is computed before it}
     *
     * @param network with rectifiers
     * @param images [count, ...] in [0, 1], like those that it will see
     * @param threads at least 1; the result does not depend on it
     * @throws metronome.core.io.DataException naming a node that does not allow it, with advice
     */
    public Result of(Network network, Tensor images, int threads) {
        Prepared ready = scaled(Prepared.of(network, form), images, threads);
        Tensor inputs = ready.inputs(images, threads);
        Tensor original = times(inputs, ready.unit());
        SignedLayers signed = SignedLayers.of(ready.body(), original, threads);
        Network body = signed.network();
        Map<String, Double> scales = Normalisation.scales(body, original, percentile, threads);
        Network staircase = Normalisation.staircase(body, scales, code, ready.unit());
        Network corrected = new Layerwise(inputs, correction).corrected(staircase,
                Normalisation.rectified(body, scales, ready.unit()), threads);
        return new Result(new Prepared(ready.front(), corrected, ready.unit()), signed);
    }

    /** A front that ends in a rectifier without a ceiling is brought into [0, 1] as layers of the body are. */
    private Prepared scaled(Prepared ready, Tensor images, int threads) {
        Optional<Network> front = ready.front().filter(f -> f.nodes().getLast().operator() instanceof Operator.Rectifier(float c)
                && c > 1);
        if (front.isEmpty()) {
            return ready;
        }
        Node last = front.get().nodes().getLast();
        double unit = Normalisation.scales(front.get(), images, percentile, threads).get(last.name());
        Network divided = Normalisation.divided(front.get(), unit).with(Map.of(last.name(), new Operator.Rectifier(1)));
        return new Prepared(Optional.of(divided), ready.body(), unit);
    }

    /**
     * {@return the same for another code}
     *
     * @param other of the staircases
     */
    public Calibration withCode(TemporalCode other) {
        return new Calibration(other, form, percentile, correction);
    }

    /**
     * {@return the same with another percentile}
     *
     * @param other in (0, 100]
     */
    public Calibration withPercentile(double other) {
        return new Calibration(code, form, other, correction);
    }

    private static Tensor times(Tensor tensor, double factor) {
        float[] scaled = tensor.data().clone();
        for (int i = 0; i < scaled.length && factor != 1; i++) {
            scaled[i] = (float) (scaled[i] * factor);
        }
        return Tensor.of(scaled, tensor.shape());
    }
}
