package metronome.isa.target;

import java.util.List;
import java.util.Optional;

/** The targets that ship: points of departure, none of them a chip that exists. */
public final class Presets {
    private static final Target EDGE = preset("edge", Target.preset(), "clock_MHz=200", "lif.lanes=64", "lif.banks=64",
            "lif.potentials=4096", "lif.arbiter_width=4", "lif.fire_queue=64", "weights.bytes=32768", "weights.banks=8",
            "spikes.blocks=2048", "pool.lanes=16", "pool.entries=4096", "tensor.rows=8", "tensor.columns=8",
            "dram.kind=lpddr4-2400");
    private static final List<Target> ALL = List.of(
            Target.preset(),
            EDGE,
            preset("large", Target.preset(), "clock_MHz=800", "lif.lanes=1024", "lif.banks=1024", "lif.potentials=65536",
                    "lif.arbiter_width=32", "lif.fire_queue=1024", "weights.bytes=1048576", "weights.banks=128",
                    "spikes.blocks=16384", "pool.lanes=256", "pool.entries=32768", "tensor.rows=32",
                    "tensor.columns=32", "dma.load_queue=32", "dma.store_queue=32", "dram.kind=hbm2",
                    "dram.channels=4"),
            preset("multicore", EDGE, "mesh.columns=2", "mesh.rows=2", "mesh.link_mm=1.5"),
            preset("tinyodin", Target.preset(), "lif.lanes=1", "lif.banks=1", "lif.potentials=256", "lif.potential_bits=16",
                    "lif.weight_bits=4", "lif.pipeline_stages=1", "lif.update_cycles=2", "lif.event_overhead=9",
                    "lif.sweep_overhead=7", "lif.spike_cycles=6", "lif.arbiter_width=1", "lif.fire_queue=256",
                    "spikes.blocks=4096", "weights.bytes=133120",
                    "weights.banks=1", "weights.word_bytes=4"));

    private Presets() {
    }

    private static Target preset(String name, Target base, String... values) {
        Target target = base.named(name);
        for (String value : values) {
            String[] pair = value.split("=");
            target = target.with(TargetField.of(pair[0]).orElseThrow(), pair[1]);
        }
        return target;
    }

    /** {@return every preset, the default one first} */
    public static List<Target> all() {
        return ALL;
    }

    /** {@return the names of the presets} */
    public static List<String> names() {
        return ALL.stream().map(Target::name).toList();
    }

    /**
     * {@return the preset of that name, if there is one}
     *
     * @param name such as {@code default}
     */
    public static Optional<Target> named(String name) {
        return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
