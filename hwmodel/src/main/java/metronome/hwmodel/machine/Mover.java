package metronome.hwmodel.machine;

/** Moves the parts of a chip; may be asked several times to go on. */
@FunctionalInterface
interface Mover {
    /** Goes on to the end of the program, or until so many cycles have passed since its beginning if that is sooner. */
    void run(long cycles);
}
