package metronome.hwmodel.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import metronome.hwmodel.count.Counter;
import org.junit.jupiter.api.Test;

/** Over random meshes and loads, with buffers that hold hardly more than a message: does everything arrive, once, in order? */
class MeshPropertyTest {
    private static final long SEED = 20261124;
    private static final int ROUNDS = 150;

    private record Sent(int from, long cores) {
    }

    private static MeshParameters random(Random random) {
        int flits = 1 + random.nextInt(4);
        return new MeshParameters(new Grid(1 + random.nextInt(6), 1 + random.nextInt(5)), flits,
                flits + random.nextInt(3) * random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(3),
                random.nextBoolean());
    }

    private static long cores(Grid grid, Random random) {
        long one = 1L << random.nextInt(grid.cores());
        return switch (random.nextInt(3)) {
            case 0 -> one;
            case 1 -> grid.all();
            default -> random.nextLong() & grid.all() | one;
        };
    }

    private static List<Sent> load(MeshRig rig, Random random) {
        List<Sent> sent = new ArrayList<>();
        Grid grid = rig.parameters.grid();
        for (int i = 0; i < 40 * grid.cores(); i++) {
            int from = random.nextInt(grid.cores());
            long cores = cores(grid, random);
            rig.queue(from, cores, from, sent.size());
            sent.add(new Sent(from, cores));
        }
        return sent;
    }

    @Test
    void everythingArrivesOnceAndInOrder() {
        Random seeds = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            MeshRig rig = new MeshRig(random(random), random);
            String context = "round " + round + ", seed " + seed + ", " + rig.parameters;
            List<Sent> sent = load(rig, random);
            Random stalls = new Random(seed);
            int patience = 1 + random.nextInt(6);
            long limit = 100L * patience * sent.size() * rig.parameters.messageFlits() + 10_000;
            assertTrue(rig.drain(limit, _ -> stalls.nextInt(patience) == 0), context + ": does not end");
            checkArrivals(rig, sent, context);
            checkCounts(rig, sent, context);
        }
        System.out.println("MeshPropertyTest seed " + SEED);
    }

    private static void checkArrivals(MeshRig rig, List<Sent> sent, String context) {
        Set<Long> seen = new HashSet<>();
        Map<Integer, Integer> latest = new HashMap<>();
        for (MeshRig.Arrival arrival : rig.arrivals) {
            Sent message = sent.get(arrival.payload());
            assertEquals(message.from(), arrival.tag(), context);
            assertTrue((message.cores() >> arrival.core() & 1) == 1, context + ": went astray: " + arrival);
            assertTrue(seen.add(arrival.payload() * 64L + arrival.core()), context + ": came twice: " + arrival);
            Integer before = latest.put(arrival.tag() * 64 + arrival.core(), arrival.payload());
            assertTrue(before == null || before < arrival.payload(), context + ": out of order: " + arrival);
        }
        assertEquals(sent.stream().mapToLong(s -> Long.bitCount(s.cores())).sum(), seen.size(), context);
    }

    /** The links of the XY tree are found here by walking to each core, apart from how routers split messages. */
    private static void checkCounts(MeshRig rig, List<Sent> sent, String context) {
        long hops = 0;
        long leaves = 0;
        for (Sent message : sent) {
            hops += tree(rig.parameters.grid(), message).size();
            leaves += Long.bitCount(message.cores());
        }
        int flits = rig.parameters.messageFlits();
        assertEquals((long) flits * sent.size(), rig.count(Counter.FLITS), context);
        assertEquals(flits * hops, rig.count(Counter.HOPS), context);
        assertEquals(flits * (leaves - sent.size()), rig.count(Counter.REPLICATIONS), context);
        assertEquals(flits * (hops + sent.size() + leaves), rig.count(Counter.BUFFER_WRITES), context);
        assertEquals(flits * (hops + 2 * leaves), rig.count(Counter.BUFFER_READS), context);
    }

    private static Set<Integer> tree(Grid grid, Sent message) {
        Set<Integer> links = new HashSet<>();
        for (int core = 0; core < grid.cores(); core++) {
            if ((message.cores() >> core & 1) == 1) {
                int at = message.from();
                while (at != core) {
                    int columns = core % grid.columns() - at % grid.columns();
                    int next = at + (columns != 0 ? Integer.signum(columns) : Integer.signum(core - at) * grid.columns());
                    links.add(at * 64 + next);
                    at = next;
                }
            }
        }
        return links;
    }

    @Test
    void theOrderOfTheRoutersDoesNotMatter() {
        for (int round = 0; round < 20; round++) {
            MeshParameters parameters = random(new Random(round));
            MeshRig rig = new MeshRig(parameters, new Random(1));
            MeshRig other = new MeshRig(parameters, new Random(2));
            load(rig, new Random(round));
            load(other, new Random(round));
            assertTrue(rig.drain(1_000_000) && other.drain(1_000_000));
            assertEquals(rig.arrivals, other.arrivals, "round " + round);
        }
    }
}
