package metronome.traces.edit;

import java.util.List;
import java.util.Optional;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.HeaderDifference;

/** Differences in words: what is only in one trace behind {@code <}, what is only in the other behind {@code >}. */
public final class DifferenceText {
    private final TraceDifference difference;
    private final EventText left;
    private final EventText right;
    private final StringBuilder out = new StringBuilder();

    private DifferenceText(TraceDifference difference, boolean cycles) {
        this.difference = difference;
        this.left = new EventText(difference.left().spikes().layers(), cycles);
        this.right = new EventText(difference.right().spikes().layers(), cycles);
    }

    /**
     * {@return the text, lines that end in line feeds}
     *
     * @param difference of two traces
     * @param cycles whether cycles are told
     */
    public static String of(TraceDifference difference, boolean cycles) {
        DifferenceText text = new DifferenceText(difference, cycles);
        difference.header().forEach(text::header);
        difference.streams().forEach(text::stream);
        return text.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void header(HeaderDifference key) {
        line("header: " + key.key());
        line("< " + key.left());
        line("> " + key.right());
    }

    private void stream(TraceDifference.OfStream of) {
        String events = EventText.number(of.equal()) + " events";
        of.first().ifPresentOrElse(first -> {
            line(of.stream().label() + ": image " + first.image() + " differs from its event " + EventText.number(first.index())
                    + " on" + layer(first) + " (" + events + " equal)");
            first.before().forEach(event -> line("  " + left.of(event)));
            side("< ", left, first.left());
            side("> ", right, first.right());
        }, () -> line(of.stream().label() + ": " + events + ", equal"));
    }

    private String layer(TraceDifference.Divergence first) {
        ChipEvent event = first.event();
        return event instanceof ChipEvent.Spike ? " in layer " + difference.left().spikes().layers().get(event.layer()).name() : "";
    }

    private void side(String sign, EventText text, List<ChipEvent> events) {
        events.forEach(event -> line(sign + text.of(event)));
        Optional.of("no more events").filter(_ -> events.isEmpty()).ifPresent(none -> line(sign + none));
    }
}
