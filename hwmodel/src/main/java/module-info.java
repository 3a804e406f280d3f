/** The modelled chip: its components, the engine that moves them, and what they cost in energy, time and area. */
module metronome.hwmodel {
    requires jdk.incubator.vector;
    requires transitive metronome.isa;

    exports metronome.hwmodel.count;
    exports metronome.hwmodel.dram;
    exports metronome.hwmodel.machine;
    exports metronome.hwmodel.probe;
    exports metronome.hwmodel.systolic;
    exports metronome.hwmodel.energy;
    exports metronome.hwmodel.soak;
}
