/** Recording, replay, exploration, reports, and the command line. */
module metronome.traces {
    requires transitive metronome.hwmodel;
}
