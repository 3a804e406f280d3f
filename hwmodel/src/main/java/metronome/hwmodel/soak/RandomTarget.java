package metronome.hwmodel.soak;

import java.util.List;
import java.util.random.RandomGenerator;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Draws chips: how wide, how deep and how slow their parts are, which DRAM they have, and the mesh between cores. */
public final class RandomTarget {
    private RandomTarget() {
    }

    /**
     * {@return a chip on which a network fits, often only in tiles}
     *
     * @param random where it is drawn from
     * @param network what must fit
     */
    public static Target of(RandomGenerator random, FixedNetwork network) {
        int widest = network.layers().stream().mapToInt(l -> l.output().width()).max().orElseThrow();
        int perChannel = network.layers().stream().mapToInt(l -> l.input().size()).max().orElseThrow();
        int banks = random.nextInt(1, 40);
        boolean separate = random.nextInt(3) == 0;
        Target target = Target.preset().named("random")
                .with(TargetField.LANES, "" + random.nextInt(1, 40))
                .with(TargetField.BANKS, "" + banks)
                .with(TargetField.POTENTIALS, "" + (separate ? 2 : 1) * Math.max(40, widest + random.nextInt(600)))
                .with(TargetField.FIRE_UNIT, separate ? "separate" : "shared")
                .with(TargetField.WEIGHT_BITS, "" + Math.max(network.weightBits(), random.nextInt(2, 17)))
                .with(TargetField.WEIGHT_BANKS, "" + random.nextInt(1, 5))
                .with(TargetField.WEIGHT_WORD, "" + random.nextInt(2, 20))
                .with(TargetField.WEIGHT_BYTES, "" + (256 + (random.nextInt(3) == 0 ? 2 : 4) * perChannel + 16 * random.nextInt(200)))
                .with(TargetField.POTENTIAL_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.WEIGHT_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.EVENT_SLOTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 9) : 1))
                .with(TargetField.PIPELINE, "" + random.nextInt(1, 6))
                .with(TargetField.LEAK, random.nextInt(3) == 0 ? "lazy" : "eager")
                .with(TargetField.POWER_ENTRIES, "" + random.nextInt(1, 12))
                .with(TargetField.UPDATE_CYCLES, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 4) : 1))
                .with(TargetField.EVENT_OVERHEAD, "" + (random.nextInt(3) == 0 ? random.nextInt(9) : 0))
                .with(TargetField.SWEEP_OVERHEAD, "" + (random.nextInt(3) == 0 ? random.nextInt(9) : 0))
                .with(TargetField.SPIKE_CYCLES, "" + (random.nextInt(3) == 0 ? random.nextInt(5) : 0))
                .with(TargetField.ARBITER_WIDTH, "" + random.nextInt(1, 10))
                .with(TargetField.FIRE_QUEUE, "" + random.nextInt(1, 30))
                .with(TargetField.BLOCK_EVENTS, "" + random.nextInt(1, 20))
                .with(TargetField.POOL_LANES, "" + random.nextInt(1, 20))
                .with(TargetField.BUFFER, "" + random.nextInt(8, 60))
                .with(TargetField.QUEUE_DEPTH, "" + random.nextInt(1, 9))
                .with(TargetField.LOAD_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.STORE_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.DRAM_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.DRAM_CHANNELS, "" + random.nextInt(1, 4))
                .with(TargetField.CLOCK, "" + random.nextInt(100, 2000));
        target = target.with(TargetField.DRAM_OVERTAKES, "" + random.nextInt(1, 9));
        for (TargetField field : List.of(TargetField.DRAM_KIND, TargetField.DRAM_SCHEDULER, TargetField.DRAM_PAGES,
                TargetField.DRAM_MAPPING)) {
            target = target.with(field, field.choices().get(random.nextInt(field.choices().size())));
        }
        return target;
    }

    /** The same chip with one or several cores, at most nine. */
    static Target mesh(RandomGenerator random, Target target) {
        return target.with(TargetField.MESH_COLUMNS, "" + random.nextInt(1, 4))
                .with(TargetField.MESH_ROWS, "" + random.nextInt(1, 4))
                .with(TargetField.FLIT_BITS, "" + random.nextInt(16, 80))
                .with(TargetField.MESH_BUFFER, "" + random.nextInt(4, 12))
                .with(TargetField.ROUTER_CYCLES, "" + random.nextInt(1, 5))
                .with(TargetField.LINK_CYCLES, "" + random.nextInt(1, 4))
                .with(TargetField.ARBITRATION, random.nextBoolean() ? "fixed" : "round-robin");
    }
}
