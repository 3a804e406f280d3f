package metronome.hwmodel.mesh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;

/** A mesh with a queue of messages before each core, and a log of what arrives. */
final class MeshRig {
    /** A message that arrived: when its last flit was with the receiver. */
    record Arrival(int core, int tag, int payload, long cycle) {
    }

    final MeshParameters parameters;
    final Counts counts = new Counts(1);
    final Mesh mesh;
    final List<Arrival> arrivals = new ArrayList<>();
    final List<List<Message>> waiting = new ArrayList<>();
    long cycle;
    long sent;

    MeshRig(MeshParameters parameters) {
        this(parameters, new Random(0));
    }

    /** Moves the routers in a random order. */
    MeshRig(MeshParameters parameters, Random order) {
        this.parameters = parameters;
        List<Integer> routers = new ArrayList<>(IntStream.range(0, parameters.grid().cores()).boxed().toList());
        Collections.shuffle(routers, order);
        mesh = new Mesh(parameters, counts, routers);
        for (int core = 0; core < parameters.grid().cores(); core++) {
            waiting.add(new ArrayList<>());
        }
    }

    void queue(int from, long cores, int tag, int payload) {
        waiting.get(from).add(new Message(cores, tag, payload, 0));
    }

    /** One cycle, in which the cores for which it holds take what has come. */
    boolean cycle(IntPredicate takes) {
        boolean sending = false;
        for (int core = 0; core < waiting.size(); core++) {
            if (takes.test(core)) {
                take(core);
            }
            if (!waiting.get(core).isEmpty() && mesh.accepts(core)) {
                mesh.send(core, waiting.get(core).removeFirst());
                sent++;
                sending = true;
            }
        }
        boolean moved = mesh.tick() || sending;
        mesh.commit();
        cycle++;
        return moved;
    }

    private void take(int core) {
        Optional<Message> message = mesh.received(core);
        if (message.isPresent()) {
            arrivals.add(new Arrival(core, message.get().tag(), message.get().payload(), cycle - 1));
            mesh.take(core);
        }
    }

    /** Goes on until everything has arrived; false if it has not after so many cycles. */
    boolean drain(long limit, IntPredicate takes) {
        for (long end = cycle + limit; cycle < end; cycle(takes)) {
            if (mesh.quiet() > 0 && waiting.stream().allMatch(List::isEmpty)) {
                return true;
            }
        }
        return false;
    }

    boolean drain(long limit) {
        return drain(limit, _ -> true);
    }

    long count(Counter counter) {
        return counts.total(counter);
    }
}
