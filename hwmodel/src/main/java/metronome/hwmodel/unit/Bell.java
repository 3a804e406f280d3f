package metronome.hwmodel.unit;

/** Rung for a component that waits for others, when something has happened that may end its wait. */
public final class Bell {
    private boolean rung;

    /** Rings. */
    public void ring() {
        rung = true;
    }

    /** {@return whether it was rung since it was last heard} */
    public boolean heard() {
        boolean was = rung;
        rung = false;
        return was;
    }
}
