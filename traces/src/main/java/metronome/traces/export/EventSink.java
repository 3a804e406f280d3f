package metronome.traces.export;

import metronome.hwmodel.probe.ChipEvent;

/** Takes the events of one image after the other, those of an image in the order of time. */
interface EventSink {
    /**
     * Begins an image.
     *
     * @param image which, and how long it takes
     * @param start its first cycle on the axis of time
     */
    void begin(ExportSource.Image image, long start);

    /**
     * Takes an event.
     *
     * @param event with the cycle that it has in its image
     * @param time on the axis of time
     */
    void accept(ChipEvent event, long time);

    /**
     * Takes an instruction of a layer that is not selected, if {@link ExportSource#withInstructionsOfAllLayers those} are told.
     *
     * @param event with the cycle that it has in its image
     * @param time on the axis of time
     */
    default void aside(ChipEvent.Progress event, long time) {
    }

    /**
     * Ends an image.
     *
     * @param time behind the last cycle that is told
     */
    void end(long time);

    /**
     * Ends the file.
     *
     * @param time behind all images
     */
    void finish(long time);
}
