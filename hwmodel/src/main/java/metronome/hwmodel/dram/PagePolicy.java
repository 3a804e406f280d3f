package metronome.hwmodel.dram;

import java.util.Arrays;
import metronome.core.io.DataException;

/** What becomes of a row for which no request waits (rule DRAM-5). */
public enum PagePolicy {
    /** It stays open until another row of the bank is needed or a refresh comes. */
    OPEN("open"),
    /** It is closed as soon as the constraints allow. */
    CLOSED("closed");

    private final String label;

    PagePolicy(String label) {
        this.label = label;
    }

    /** {@return its name in a target file} */
    public String label() {
        return label;
    }

    /**
     * {@return the policy of that name}
     *
     * @param label a value of {@code dram.pages}
     * @throws DataException if there is none
     */
    public static PagePolicy of(String label) {
        return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst().orElseThrow(
                () -> new DataException("must be one of " + Arrays.stream(values()).map(PagePolicy::label).toList()
                        + ": dram.pages=" + label));
    }
}
