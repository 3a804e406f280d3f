package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Operator;
import org.junit.jupiter.api.Test;

/** Are the lanes the definition, can nothing saturate, and how near are integers to double precision? */
class FixedPointTest {
    @Test
    void lanesEqualTheScalarTwinAndNothingSaturates() {
        long firstSeed = 90_000;
        System.out.println("FixedPointTest seeds from " + firstSeed);
        int refused = 0;
        for (long seed = firstSeed; seed < firstSeed + 800; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.network(new Operator.Staircase(code));
            SpikingNetwork spiking = Converter.convert(network, RandomNetworks.ticking(random),
                    RandomNetworks.pool(code, random), RandomNetworks.pick(random, Readout.values()));
            FixedNetwork fixed;
            try {
                fixed = FixedPoint.quantise(spiking, 2 + random.nextInt(15), 16 + random.nextInt(17));
            } catch (DataException _) {
                refused++;
                continue;
            }
            for (int i = 0; i < 3; i++) {
                float[] image = source.image(network.input());
                FiringRecord lanes = new FixedSimulator(fixed).run(image);
                FiringRecord scalar = FixedSimulator.scalar(fixed).run(image);
                String context = "seed " + seed + ", image " + i + ", " + code;
                for (int l = 0; l < lanes.steps().length; l++) {
                    assertArrayEquals(scalar.steps()[l], lanes.steps()[l], context + ", layer " + l);
                }
                assertArrayEquals(scalar.potentials(), lanes.potentials(), context);
                assertEquals(scalar.winner(), lanes.winner(), context);
                assertEquals(0, scalar.saturations(), context);
            }
        }
        System.out.println("FixedPointTest: refused " + refused + " of 800");
        assertTrue(refused < 400, "hardly anything is tested");
    }

    @Test
    void manyBitsComeNearDoublePrecision() {
        long differing = 0;
        long all = 0;
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.network(new Operator.Staircase(code));
            SpikingNetwork spiking = Converter.convert(network, new Ticking(RandomNetworks.ticking(random).variant(), 1),
                    RandomNetworks.pool(code, random), Readout.POTENTIAL);
            SpikingModel exact = new SpikingSimulator(spiking);
            SpikingModel fixed = new FixedSimulator(FixedPoint.quantise(spiking, 16, 32));
            float[] image = source.image(network.input());
            int[][] expected = exact.run(image).steps();
            int[][] actual = fixed.run(image).steps();
            for (int l = 0; l < expected.length; l++) {
                for (int i = 0; i < expected[l].length; i++) {
                    all++;
                    differing += expected[l][i] == actual[l][i] ? 0 : 1;
                }
            }
        }
        System.out.println("FixedPointTest: 16-bit weights, 32-bit potentials: " + differing + " of " + all + " differ");
        assertTrue(differing < all / 1000, differing + " of " + all);
    }
}
