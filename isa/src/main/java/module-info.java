/** The target description, the instruction set and its artefacts, and the compiler. */
module metronome.isa {
    requires transitive metronome.core;

    exports metronome.isa.assembly;
    exports metronome.isa.compiler;
    exports metronome.isa.instruction;
    exports metronome.isa.program;
    exports metronome.isa.target;
}
