package metronome.hwmodel.soak;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.machine.Machine;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

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

        /** In MHz. */
        private static final int[] WHOLE_CLOCKS = {100, 125, 160, 200, 250, 400, 500, 625, 800, 1000, 1250, 1600};

        /**
         * {@return the case of a seed}
         *
         * @param seed any
         */
        public SoakCase draw(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            SoakCase drawn = this == PLAIN || this == ANY && Math.floorMod(seed, 4) == 3 ? PlainCase.of(random)
                    : RandomCase.of(random).spread(random);
            return random.nextBoolean() ? drawn.on(streaming(drawn.target(), random)) : drawn;
        }

        /** A chip whose cycles are a whole number of picoseconds, so that they are equally far apart, and whose queues may be long. */
        private static Target streaming(Target target, RandomGenerator random) {
            return target.with(TargetField.CLOCK, "" + WHOLE_CLOCKS[random.nextInt(WHOLE_CLOCKS.length)])
                    .with(TargetField.LOAD_QUEUE, "" + random.nextInt(1, 48)).with(TargetField.STORE_QUEUE, "" + random.nextInt(1, 48))
                    .with(TargetField.DRAM_QUEUE, "" + random.nextInt(1, 33));
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
