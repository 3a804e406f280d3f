package metronome.core.train;

import java.util.List;
import metronome.core.calibration.Prepared;
import metronome.core.data.Samples;
import metronome.core.network.Network;

/** The best network of a training so far. */
final class Selection {
    private final Samples heldOut;
    private final Prepared start;
    private final int patience;
    private final int threads;
    private Network best;
    private int epochs;
    private double accuracy;

    /** Begins with a network, which is the best until there is a better one. */
    Selection(EarlyStop stop, Samples samples, Prepared first, int epochs, int threads) {
        heldOut = stop.heldOut(samples);
        start = first;
        patience = stop.patience();
        this.threads = threads;
        best = first.body();
        this.epochs = epochs;
        accuracy = share(best);
    }

    /** Takes a network, as it is after some epochs, if no earlier one is as good; gives the share of images that it gets right. */
    double judge(Network network, int after) {
        double found = share(network);
        if (found > accuracy || !judges()) {
            best = Weights.copied(network);
            epochs = after;
            accuracy = found;
        }
        return found;
    }

    /** Whether too many epochs went by without a better one. */
    boolean over(int after) {
        return judges() && after - epochs >= patience;
    }

    /** Whether any image is held out. */
    boolean judges() {
        return heldOut.count() > 0;
    }

    Network best() {
        return best;
    }

    Checkpoint checkpoint(String identity) {
        return new Checkpoint(identity, epochs, best, List.of());
    }

    private double share(Network network) {
        return judges() ? start.with(network).accuracy(heldOut, threads) : 0;
    }
}
