/**
 * Design-space exploration: a grid over fields of the target, each point compiled and replayed from one record of spikes.
 *
 * <p>Start at {@link metronome.traces.explore.Exploration}. Points are independent and run on all cores; the rows come in
 * the order of the grid whatever the number of threads.
 */
package metronome.traces.explore;
