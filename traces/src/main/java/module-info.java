/** Recording, replay, exploration, reports, and the command line. */
module metronome.traces {
    requires transitive metronome.hwmodel;

    exports metronome.traces.cli;
    exports metronome.traces.report;

    provides java.util.spi.ToolProvider with metronome.traces.cli.Metronome;
}
