package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LIF array, pooling unit and store read the spike buffer at the same time, in programs of a kind that the compiler does not
 * make: the array comes while the pooling unit has told a store when it reads, and reads what is still being loaded. Both engines run each program, and the machine
 * refuses a run in which they differ.
 */
class ReadersTogetherTest {
    private static final int CASES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42})
    void enginesAgree(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long poolWaited = 0;
        long storeWaited = 0;
        for (int i = 0; i < CASES; i++) {
            Counts counts = run(random);
            poolWaited += counts.stallCycles(Component.POOL, Stall.SPIKE_PORT);
            storeWaited += counts.stallCycles(Component.STORE, Stall.SPIKE_PORT);
        }
        assertTrue(poolWaited > CASES && storeWaited > CASES, "the pooling unit waited " + poolWaited
                + " cycles for the port, stores " + storeWaited);
    }

    private static Counts run(SplittableRandom random) {
        int side = random.nextInt(4, 9);
        int kernel = random.nextInt(1, 4);
        int out = side - kernel + 1;
        double density = random.nextDouble();
        int[] spikes = new int[2 * side * side];
        Arrays.setAll(spikes, _ -> random.nextDouble() < density ? random.nextInt(4) : -1);
        Target target = Target.preset().with(TargetField.POOL_LANES, "" + random.nextInt(1, 17))
                .with(TargetField.ARBITER_WIDTH, "" + random.nextInt(1, 9)).with(TargetField.LANES, "" + random.nextInt(1, 33));
        String window = " kernelHeight=" + kernel + " kernelWidth=" + kernel + " inHeight=" + side + " inWidth=" + side
                + " outHeight=" + out + " outWidth=" + out + " stride=1";
        return SmallPrograms.run(target, 3, new Shape(2, side, side), new Shape(2, out, out), spikes, new byte[2 * kernel * kernel],
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1",
                "load.spikes region=2 steps=3 dram=0x4000 signal0=2",
                "load.spikes region=4 steps=3 dram=0x4000 signal0=5",
                random.nextBoolean() ? "load.spikes region=4 steps=3 dram=0x4000" : "",
                "load.weights bytes=" + 2 * kernel * kernel + " dram=0x8000",
                random.nextBoolean() ? "load.spikes region=4 steps=3 dram=0x4000" : "",
                "pool.shape channels=2" + window,
                "pool.spikes source=0 destination=1 to=3 wait0=1 signal0=3",
                "store.spikes region=2 steps=3 dram=0x7000 wait0=2",
                "lif.shape inChannels=2" + window,
                "lif.tile rows=" + out + " channels=1",
                "lif.clear wait0=5",
                "lif.integrate region=4 to=3 weights=0 signal0=6",
                "store.spikes region=1 steps=3 wait0=3 wait1=6 signal0=4",
                "end wait0=4").counts();
    }
}
