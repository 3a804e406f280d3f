package metronome.traces.explore;

import java.util.Optional;
import metronome.isa.target.Target;

/**
 * One point of the space.
 *
 * @param target the hardware
 * @param cost what an image costs there, if the network can be mapped
 * @param reason why it cannot, else empty
 */
public record Point(Target target, Optional<Cost> cost, String reason) {
    /**
     * What an image costs, means over the images; low and high bound the nominal figure.
     *
     * @param cycles of an image
     * @param latencyUs of an image, in microseconds
     * @param energyPj of an image, in picojoules
     * @param energyLowPj low bound
     * @param energyHighPj high bound
     * @param areaMm2 of the chip, in square millimetres
     * @param areaLowMm2 low bound
     * @param areaHighMm2 high bound
     */
    public record Cost(double cycles, double latencyUs, double energyPj, double energyLowPj, double energyHighPj,
            double areaMm2, double areaLowMm2, double areaHighMm2) {
        /** {@return whether this is nowhere worse and somewhere better than another, in latency, energy and area} */
        boolean dominates(Cost other) {
            return latencyUs <= other.latencyUs && energyPj <= other.energyPj && areaMm2 <= other.areaMm2
                    && (latencyUs < other.latencyUs || energyPj < other.energyPj || areaMm2 < other.areaMm2);
        }
    }
}
