/**
 * Recordings of event cameras, and how they become spikes of an input layer.
 *
 * <p>Start at {@link metronome.traces.sensor.SensorFile}, which reads a recording and tells its events one by one to a
 * {@link metronome.traces.sensor.SensorListener}; {@link metronome.traces.sensor.Binning} is the one that makes a spike train
 * of them. Times are in microseconds; rows count from the top and columns from the left. No reader holds a recording in
 * memory.
 */
package metronome.traces.sensor;
