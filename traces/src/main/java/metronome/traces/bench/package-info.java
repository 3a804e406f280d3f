/**
 * How fast Metronome itself is: {@link metronome.traces.bench.Figure} is one figure, {@link metronome.traces.bench.Bench}
 * measures them, each several times in one process, and prints repetitions, median and spread.
 */
package metronome.traces.bench;
