/**
 * The main job: from a trained network and test images to everything that a report tells.
 *
 * <p>Start at {@link metronome.traces.run.MainJob}. {@link metronome.traces.run.Networks} holds one network in all its
 * forms; {@link metronome.traces.run.FunctionalStudy} asks the functional models, {@link metronome.traces.run.MachineStudy}
 * the cycle-accurate machine; {@link metronome.traces.run.Executions} turns counts into time, energy and area. Results do
 * not depend on the number of threads.
 */
package metronome.traces.run;
