package metronome.hwmodel.unit;

/** Rung for a component that waits for others, when something has happened that may end its wait. */
public final class Bell {
    private boolean rung;
    private Tower tower = new Tower();

    /** Where bells hang that are heard by the same listener. */
    public static final class Tower {
        private boolean rung;

        /** {@return whether any bell was rung since {@link #heard} was last asked} */
        public boolean rung() {
            return rung;
        }

        /** {@return whether any bell was rung since this was last asked} */
        public boolean heard() {
            boolean was = rung;
            rung = false;
            return was;
        }
    }

    /**
     * Hangs the bell into a tower, instead of where it hung before.
     *
     * @param other the tower
     */
    public void hang(Tower other) {
        tower = other;
    }

    /** Rings. */
    public void ring() {
        rung = true;
        tower.rung = true;
    }

    /** {@return whether it was rung since it was last heard} */
    public boolean heard() {
        boolean was = rung;
        rung = false;
        return was;
    }
}
