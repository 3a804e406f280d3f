/**
 * The DRAM as a core sees it: when bursts complete, not what they hold. Start at {@link metronome.hwmodel.dram.Dram}
 * and {@link metronome.hwmodel.dram.DramDevice}; the rules are numbered DRAM-1 onwards in docs/dram.md. Times are whole
 * picoseconds, addresses are bytes. Nothing here may be shared between threads, except the immutable records.
 */
package metronome.hwmodel.dram;
