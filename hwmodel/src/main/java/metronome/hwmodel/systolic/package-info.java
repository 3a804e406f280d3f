/**
 * Closed forms of a systolic array: into which folds a matrix product is cut, how many cycles they take, and what is read
 * and written. {@link metronome.hwmodel.systolic.Mapping} is where to start; the tensor core keeps to it (rules TC-1 to
 * TC-6), and docs/systolic.md derives it. Cycles are whole, accesses are counted in operands; nothing here is null.
 */
package metronome.hwmodel.systolic;
