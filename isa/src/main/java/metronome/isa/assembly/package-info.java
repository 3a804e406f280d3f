/**
 * Programs as text that people read and write: {@link metronome.isa.assembly.Disassembler} and
 * {@link metronome.isa.assembly.Assembler} are inverse to each other, byte for byte.
 *
 * <p>A line holds a directive, an instruction or nothing; {@code ;} begins a comment. Directives: {@code .map JSON},
 * {@code .target HASH}, {@code .core N} before the code of core 1 and of each after it, {@code .data ADDRESS}, {@code .bytes
 * HEX}. An instruction is its mnemonic, then
 * {@code operand=value} for each operand that is not zero, then {@code layer=}, {@code wait0=} and so on alike.
 */
package metronome.isa.assembly;
