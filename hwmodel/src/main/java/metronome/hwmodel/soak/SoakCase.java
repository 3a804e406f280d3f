package metronome.hwmodel.soak;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.machine.Machine;
import metronome.isa.program.Program;
import metronome.isa.target.Target;

/** A network, a chip and an input on which two ways to run are compared. */
public sealed interface SoakCase permits RandomCase, PlainCase {
    /** Which cases are drawn. */
    enum Kind {
        /** All there are, one plain one in four. */
        ANY,
        /** Networks whose neurons spike once, one in four of them on several cores. */
        ONCE,
        /** Plain networks, which run by {@code lif.run}. */
        PLAIN;

        /**
         * {@return the case of a seed}
         *
         * @param seed any
         */
        public SoakCase draw(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return this == PLAIN || this == ANY && Math.floorMod(seed, 4) == 3 ? PlainCase.of(random)
                    : RandomCase.of(random).spread(random);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return the chip} */
    Target target();

    /**
     * {@return the same on another chip}
     *
     * @param other which
     */
    SoakCase on(Target other);

    /** {@return the program}
     *
     * @throws metronome.core.io.DataException if the network does not fit the chip
     */
    Program compile();

    /**
     * {@return what can be seen of a machine that runs the case, after so many cycles or at the end}
     *
     * @param machine with the program of the case
     * @param cycles at least 0
     */
    ChipState stateAfter(Machine machine, long cycles);

    /** {@return cases on the same chip from which something was left out} */
    Stream<SoakCase> smaller();

    /** {@return network and input in words, a line each} */
    String description();
}
