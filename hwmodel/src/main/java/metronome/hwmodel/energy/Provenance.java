package metronome.hwmodel.energy;

/** How a figure was got, from the surest to the least sure. */
public enum Provenance {
    /** Measured on silicon. */
    MEASURED,
    /** The output of a published model or design flow. */
    MODELLED,
    /** Computed here from such figures: scaled, interpolated, composed. */
    DERIVED,
    /** A choice for which there is no source. */
    ASSUMED;

    /**
     * {@return the less sure of two}
     *
     * @param other the other
     */
    public Provenance worse(Provenance other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
