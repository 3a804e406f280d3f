/**
 * Do the two engines agree? {@link metronome.hwmodel.soak.EngineSoak} runs random cases on both, compares them within the
 * run and at its end, and takes a case in which they differ apart until nothing can be left out.
 */
package metronome.hwmodel.soak;
