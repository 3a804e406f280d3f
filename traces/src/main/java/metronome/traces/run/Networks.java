package metronome.traces.run;

import metronome.core.data.Samples;
import metronome.core.network.Folding;
import metronome.core.network.Network;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedPoint;
import metronome.core.spiking.IntegerNetwork;
import metronome.core.spiking.IntegerQuantiser;
import metronome.core.spiking.SpikingNetwork;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * One network in all its forms.
 *
 * @param dnn as trained first, with rectifiers
 * @param staircase retrained, with the staircase of the code that is used
 * @param spiking in double precision
 * @param fixed in the integers of the target
 * @param integer the DNN in 8-bit integers, for the tensor core
 */
public record Networks(Network dnn, Network staircase, SpikingNetwork spiking, FixedNetwork fixed,
        IntegerNetwork integer) {
    /**
     * Converts and quantises.
     *
     * @param dnn as trained first
     * @param retrained with the staircase
     * @param conversion how the latter becomes a spiking network
     * @param target gives the widths of weights and potentials
     * @param calibration training images for the activations of the integer DNN
     * @return all forms
     */
    public static Networks of(Network dnn, Network retrained, Conversion conversion, Target target,
            Samples calibration) {
        SpikingNetwork spiking = conversion.convert(retrained);
        return new Networks(dnn, conversion.staircase(retrained), spiking, fixed(spiking, target),
                IntegerQuantiser.quantise(Folding.of(dnn), calibration.first(Images.CALIBRATION).tensor()));
    }

    /**
     * {@return the network in the integers of a target}
     *
     * @param spiking in double precision
     * @param target gives the widths of weights and potentials
     */
    public static FixedNetwork fixed(SpikingNetwork spiking, Target target) {
        return FixedPoint.quantise(spiking, target.count(TargetField.WEIGHT_BITS),
                target.count(TargetField.POTENTIAL_BITS));
    }
}
