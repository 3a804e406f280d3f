package metronome.hwmodel.mesh;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * What a mesh is like.
 *
 * @param grid of its routers
 * @param messageFlits flits of a message, at least 1
 * @param bufferFlits flits that a buffer holds, at least one message
 * @param routerCycles from the entry into a buffer until a flit may leave, at least 1
 * @param linkCycles along a link, at least 1
 * @param roundRobin whether inputs take turns at an output; otherwise the first of local, east, west, north, south goes first
 */
public record MeshParameters(Grid grid, int messageFlits, int bufferFlits, int routerCycles, int linkCycles,
        boolean roundRobin) {
    /** Checks that a message fits. */
    public MeshParameters {
        if (messageFlits < 1 || bufferFlits < messageFlits || routerCycles < 1 || linkCycles < 1) {
            throw new IllegalArgumentException("a buffer must hold a message, and cycles must be at least 1: messageFlits="
                    + messageFlits + ", bufferFlits=" + bufferFlits + ", routerCycles=" + routerCycles + ", linkCycles="
                    + linkCycles);
        }
    }

    /**
     * {@return the mesh of a target}
     *
     * @param target a complete configuration
     */
    public static MeshParameters of(Target target) {
        return new MeshParameters(new Grid(target.count(TargetField.MESH_COLUMNS), target.count(TargetField.MESH_ROWS)),
                TargetRules.messageFlits(target), target.count(TargetField.MESH_BUFFER),
                target.count(TargetField.ROUTER_CYCLES), target.count(TargetField.LINK_CYCLES),
                target.choice(TargetField.ARBITRATION).equals("round-robin"));
    }

    /**
     * {@return cycles from the one in which a message is sent, through an empty mesh, to the one in which its last flit is
     * with the receiver (rule NOC-9)}
     *
     * @param from who sends
     * @param to who receives
     */
    public long latency(int from, int to) {
        int links = grid.distance(from, to);
        return (links + 1L) * routerCycles + (long) links * linkCycles + messageFlits - 1;
    }
}
