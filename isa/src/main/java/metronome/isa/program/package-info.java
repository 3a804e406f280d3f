/**
 * A compiled {@link metronome.isa.program.Program}: code, the initial content of DRAM, and the
 * {@link metronome.isa.program.ProgramMap} that tells the host where input and output lie. {@link
 * metronome.isa.program.ProgramFile} is its binary container (docs/formats.md). Little-endian throughout.
 */
package metronome.isa.program;
