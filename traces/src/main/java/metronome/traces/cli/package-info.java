/**
 * The command line, with nothing but the JDK.
 *
 * <p>Start at {@link metronome.traces.cli.Metronome}. Each command declares its options once, in a synopsis; parsing,
 * help, errors and docs/manual.md follow from it. Commands print results to one writer and remarks to another and never
 * end the process: usage errors and unusable input are exceptions that become exit codes 2 and 1.
 */
package metronome.traces.cli;
