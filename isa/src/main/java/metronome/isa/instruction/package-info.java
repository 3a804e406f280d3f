/**
 * The instruction set. An instruction is a {@link metronome.isa.instruction.Control} part, the same for all, and an
 * {@link metronome.isa.instruction.Operation}: one record for each kind. A record's annotated components declare its
 * operands once; encoder, decoder, assembler, manual and engines follow from them.
 *
 * {@snippet :
 * Instruction fire = new Instruction(Control.of(2), new LifOperation.Fire(1, 0, 16, true, 0));
 * Word word = Codec.encode(fire);
 * assert Codec.decode(word).equals(fire);
 * }
 *
 * <p>Words are 128 bits, fixed. Everything is immutable; illegal values are refused when an instruction is made.
 */
package metronome.isa.instruction;
