package metronome.hwmodel.systolic;

/**
 * A matrix product on an array (rules TC-1 to TC-5): {@link #onRows} and {@link #onColumns} are cut into folds of the
 * array's size, and {@link #streamed} vectors pass through each fold. A partial fold costs as much as a whole one.
 *
 * @param array the cells
 * @param dataflow which operand stays
 * @param product what is multiplied
 */
public record Mapping(SystolicArray array, Dataflow dataflow, MatrixProduct product) {
    /** {@return extent of the product that lies along the rows} */
    public long onRows() {
        return dataflow == Dataflow.OS ? product.m() : product.k();
    }

    /** {@return extent of the product that lies along the columns} */
    public long onColumns() {
        return dataflow == Dataflow.IS ? product.m() : product.n();
    }

    /** {@return vectors that pass through the array in a fold} */
    public long streamed() {
        return switch (dataflow) {
            case OS -> product.k();
            case WS -> product.m();
            case IS -> product.n();
        };
    }

    /** {@return folds along the rows} */
    public long rowFolds() {
        return Math.ceilDiv(onRows(), array.rows());
    }

    /** {@return folds along the columns} */
    public long columnFolds() {
        return Math.ceilDiv(onColumns(), array.columns());
    }

    /** {@return all folds} */
    public long folds() {
        return rowFolds() * columnFolds();
    }

    /**
     * {@return cycles from the first operand, or the first load, to the last result, both counted}
     *
     * @param counting which of them are counted
     */
    public long duration(Counting counting) {
        long whole = 2L * array.rows() + array.columns() + streamed() - 2;
        return switch (counting) {
            case SCALESIM -> folds() * (dataflow == Dataflow.OS ? whole - array.rows() : whole);
            case CAUSAL -> folds() * whole;
            case DOUBLE_BUFFERED -> (folds() - 1) * Math.max(streamed(), array.rows()) + whole;
        };
    }

    /**
     * {@return the cycles as the mode reports them: the duration, or of {@link Counting#SCALESIM} the 0-based index of its
     * last cycle}
     *
     * @param counting which cycles are counted
     */
    public long cycles(Counting counting) {
        return counting == Counting.SCALESIM ? duration(counting) - 1 : duration(counting);
    }

    /** {@return share of the cells that hold something, a mean over the folds, in (0, 1]} */
    public double mappingEfficiency() {
        return (double) onRows() * onColumns() / ((double) folds() * array.cells());
    }

    /**
     * {@return multiply-accumulates by cells and {@link #duration}: the share of the cells' cycles that did work, in (0, 1]}
     *
     * @param counting which cycles are counted
     */
    public double computeUtilisation(Counting counting) {
        return product.macs() / ((double) array.cells() * duration(counting));
    }

    /**
     * {@return multiply-accumulates by cells and {@link #cycles}. Of {@link Counting#SCALESIM}, whose cycles are one too
     * few, it can pass 1; where they are 0 it is 0}
     *
     * @param counting which cycles are counted
     */
    public double overallUtilisation(Counting counting) {
        long cycles = cycles(counting);
        return cycles == 0 ? 0 : product.macs() / ((double) array.cells() * cycles);
    }

    /** {@return what is read and written, whatever the counting} */
    public Accesses accesses() {
        long inputs = product.m() * product.k();
        long weights = product.k() * product.n();
        long outputs = product.m() * product.n();
        long partials = dataflow == Dataflow.OS ? 0 : (rowFolds() - 1) * outputs;
        return new Accesses(inputs * (dataflow == Dataflow.IS ? 1 : columnFolds()), weights * switch (dataflow) {
            case OS -> rowFolds();
            case WS -> 1;
            case IS -> columnFolds();
        }, partials, partials, outputs);
    }
}
