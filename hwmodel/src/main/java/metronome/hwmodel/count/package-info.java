/**
 * What the machine counts: each {@link metronome.hwmodel.count.Counter} is declared once with component, unit and
 * meaning, and text, CSV, JSON, HTML and the energy model follow. Counts are kept per layer in
 * {@link metronome.hwmodel.count.Counts}.
 */
package metronome.hwmodel.count;
