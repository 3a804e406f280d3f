package metronome.core.train;

import java.util.List;
import metronome.core.data.Samples;
import metronome.core.network.Inference;
import metronome.core.network.Network;

/** The best network of a training so far. */
final class Selection {
    private final Samples heldOut;
    private final int patience;
    private final int threads;
    private Network best;
    private int epochs;
    private double accuracy;

    /** Begins with a network, which is the best until there is a better one. */
    Selection(EarlyStop stop, Samples samples, Network first, int epochs, int threads) {
        heldOut = stop.heldOut(samples);
        patience = stop.patience();
        this.threads = threads;
        best = first;
        this.epochs = epochs;
        accuracy = share(first);
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
        return judges() ? Inference.of(network).accuracy(heldOut, threads) : 0;
    }
}
