package metronome.hwmodel.unit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import metronome.isa.program.Event;

/**
 * Remembers what the events of a tile cost. Two events cost the same if their fan-outs have the same shape, because
 * banks are dealt out round robin: to move all potentials of a fan-out by as many places, or all its weights by as many
 * whole words, exchanges the banks but changes no count. The shape is given by the output rows that the event reaches,
 * the output columns, how many channels it reaches, and where their weights begin within a word. What each shape costs is
 * measured once.
 */
final class FanOutTable {
    private final FanOutTiming timing;
    private final WeightFormat format;
    private int[] rowKinds = new int[0];
    private int[] columnKinds = new int[0];
    private int[] channelKinds = new int[0];
    private int columnKindCount;
    private int channelKindCount;
    private FanOutCost[] costs = new FanOutCost[0];
    private Tile tile;
    private int firstWeight = -1;

    FanOutTable(FanOutTiming timing, WeightFormat format) {
        this.timing = timing;
        this.format = format;
    }

    void tile(Tile tile, int inChannels, int firstWeight) {
        timing.tile(tile, firstWeight);
        if (tile.equals(this.tile) && firstWeight == this.firstWeight && channelKinds.length == inChannels) {
            return;
        }
        this.tile = tile;
        this.firstWeight = firstWeight;
        Geometry g = tile.geometry();
        int endRow = Math.min(tile.endRow(), g.outHeight());
        Map<List<Integer>, Integer> kinds = new HashMap<>();
        rowKinds = IntStream.range(0, g.inHeight()).map(in -> kind(kinds, g.firstRow(in, tile.firstRow()),
                g.endRow(in, endRow), g.distance(in, 0), g.stride())).toArray();
        int rowKindCount = kinds.size();
        kinds.clear();
        columnKinds = IntStream.range(0, g.inWidth()).map(in -> kind(kinds, g.firstColumn(in), g.endColumn(in),
                g.distance(in, 0), g.stride())).toArray();
        columnKindCount = kinds.size();
        kinds.clear();
        channelKinds = IntStream.range(0, inChannels).map(channel -> kinds.computeIfAbsent(
                List.of(reached(channel), placeInWord(channel)), _ -> kinds.size())).toArray();
        channelKindCount = kinds.size();
        costs = new FanOutCost[rowKindCount * columnKindCount * channelKindCount];
    }

    /** Rows from first to end, the first of which lies at a certain distance; nothing if there are none. */
    private static int kind(Map<List<Integer>, Integer> kinds, int first, int end, int distanceAtZero, int stride) {
        List<Integer> key = first < end ? List.of(end - first, distanceAtZero - first * stride) : List.of();
        return kinds.computeIfAbsent(key, _ -> kinds.size());
    }

    private int reached(int channel) {
        return Math.max(0, tile.endReached(channel) - tile.firstReached(channel));
    }

    private int placeInWord(int channel) {
        long weight = (long) tile.geometry().weight(channel, 0, 0, tile.channels()) + tile.firstReached(channel);
        return (int) ((firstWeight + weight * format.bytes()) % format.wordBytes());
    }

    /** What an event costs. */
    FanOutCost cost(int event) {
        int kind = (rowKinds[Event.row(event)] * columnKindCount + columnKinds[Event.column(event)]) * channelKindCount
                + channelKinds[Event.channel(event)];
        FanOutCost cost = costs[kind];
        if (cost == null) {
            cost = timing.measure(event);
            costs[kind] = cost;
        }
        return cost;
    }
}
