package metronome.traces.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.spiking.Converter;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikingNetwork;

/**
 * How a staircase network becomes a spiking one; what is empty stays as the network was trained.
 *
 * @param steps T
 * @param timeConstant L, in steps
 * @param rounding between levels
 * @param zeros what becomes of exact zeros
 * @param variant when the ticking neuron drives
 * @param pool how the maximum is found; if empty, with counters, or where zeros are silent, which counters cannot do, with
 *     resets
 * @param readout how the class is read
 */
public record Conversion(OptionalInt steps, OptionalDouble timeConstant, Optional<Rounding> rounding,
        Optional<ZeroPolicy> zeros, TickVariant variant, Optional<PoolCircuit> pool, Readout readout) {
    /**
     * {@return the code for which a network was trained}
     *
     * @param network with staircases
     * @throws DataException if it has none
     */
    public static TemporalCode trained(Network network) {
        return network.nodes().stream().map(Node::operator).filter(Operator.Staircase.class::isInstance)
                .map(o -> ((Operator.Staircase) o).code()).findFirst().orElseThrow(() -> new DataException("network "
                        + network.name() + ": has no staircase, which gives the temporal code; retrain it first"));
    }

    /**
     * {@return the code that the spiking network will have}
     *
     * @param network with staircases
     */
    public TemporalCode code(Network network) {
        TemporalCode code = trained(network);
        return new TemporalCode(timeConstant.orElse(code.timeConstant()), steps.orElse(code.steps()),
                rounding.orElse(code.rounding()), zeros.orElse(code.zeros()));
    }

    /**
     * {@return the network with the staircase of this code, its weights as they were trained}
     *
     * @param network with staircases
     */
    public Network staircase(Network network) {
        TemporalCode code = code(network);
        if (code.equals(trained(network))) {
            return network;
        }
        Map<String, Operator> replaced = new LinkedHashMap<>();
        network.nodes().stream().filter(n -> n.operator() instanceof Operator.Staircase)
                .forEach(n -> replaced.put(n.name(), new Operator.Staircase(code)));
        return network.with(replaced);
    }

    /**
     * {@return the spiking network}
     *
     * @param network with staircases
     * @throws DataException if it cannot be converted so
     */
    public SpikingNetwork convert(Network network) {
        return Converter.convert(staircase(network), new Ticking(variant, Ticking.DEFAULT.threshold()), pool(network),
                readout);
    }

    /**
     * {@return how the maximum is found}
     *
     * @param network with staircases
     */
    public PoolCircuit pool(Network network) {
        return pool.orElse(code(network).zeros() == ZeroPolicy.SILENT ? PoolCircuit.RESET : PoolCircuit.COUNTER);
    }
}
