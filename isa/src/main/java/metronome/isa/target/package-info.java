/**
 * The hardware configuration: each field is declared once, in {@link metronome.isa.target.TargetField}, with key, unit,
 * range, default and meaning; {@link metronome.isa.target.Target} is one complete choice of values. Reading, presets,
 * exploration and the manual follow from the declaration.
 */
package metronome.isa.target;
