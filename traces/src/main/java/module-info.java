/** Traces, exploration, reports, and the command line. */
module metronome.traces {
    requires transitive metronome.hwmodel;
    requires commons.math3;
    requires java.management;
    requires jdk.jfr;
    requires jdk.management;

    exports metronome.traces.analysis;
    exports metronome.traces.cli;
    exports metronome.traces.edit;
    exports metronome.traces.explore;
    exports metronome.traces.report;
    exports metronome.traces.run;
    exports metronome.traces.scalesim;
    exports metronome.traces.sensor;
    exports metronome.traces.trace;
    exports metronome.traces.view;
    exports metronome.traces.workload;

    provides java.util.spi.ToolProvider with metronome.traces.cli.Metronome;
}
