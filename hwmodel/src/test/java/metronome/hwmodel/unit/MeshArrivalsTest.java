package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.hwmodel.count.Counts;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.mesh.Grid;
import metronome.hwmodel.mesh.Mesh;
import metronome.hwmodel.mesh.MeshParameters;
import metronome.hwmodel.mesh.Message;
import org.junit.jupiter.api.Test;

/** CORE-5: what arrives waits for the write port, behind all others; the end of a list does not. */
class MeshArrivalsTest {
    private final Counts counts = new Counts(1);
    private final Mesh mesh = new Mesh(new MeshParameters(new Grid(2, 1), 1, 4, 1, 1, true), counts);
    private final SpikeBuffer buffer = new SpikeBuffer(8, 4, 3);
    private final MeshArrivals arrivals = new MeshArrivals(mesh, 1, buffer, counts);

    private boolean cycle(boolean contested) {
        arrivals.request();
        if (contested) {
            buffer.writePort().want(SharedPort.User.STORE);
        }
        boolean moved = arrivals.tick();
        mesh.tick();
        arrivals.commit();
        mesh.commit();
        buffer.commit();
        return moved;
    }

    private void arrive(int tag) {
        mesh.send(0, new Message(0b10, tag, 77, 0));
        while (mesh.received(1).isEmpty()) {
            cycle(false);
        }
    }

    @Test
    void anEventWaitsForThePort() {
        arrive(MeshArrivals.tag(5, 2));
        assertFalse(cycle(true));
        assertFalse(cycle(true));
        assertEquals(0, buffer.size(5, 2));
        assertTrue(cycle(false));
        assertEquals(1, buffer.size(5, 2));
        assertEquals(77, buffer.event(5, 2, 0));
    }

    /** Units that sleep ask whether somebody may write; so each change must be seen as one. */
    @Test
    void regionsMayBeWrittenAsLongAsListsThatWereForetoldAreUnderWay() {
        assertTrue(buffer.writePort().alone(SharedPort.User.LOAD));
        foretell(5);
        foretell(5);
        foretell(6);
        assertFalse(buffer.beingWritten(4));
        assertFalse(buffer.writePort().alone(SharedPort.User.LOAD));
        end(5);
        assertTrue(buffer.beingWritten(5), "the second list is to come");
        assertTrue(buffer.beingWritten(6));
        end(5);
        assertFalse(buffer.beingWritten(5));
        end(6);
        assertFalse(buffer.beingWritten(6));
        assertTrue(buffer.writePort().alone(SharedPort.User.LOAD));
    }

    private void foretell(int region) {
        buffer.settled();
        mesh.foretell(0b10, region);
        assertTrue(buffer.beingWritten(region));
        assertTrue(buffer.stirred(), "region " + region);
    }

    private void end(int region) {
        buffer.settled();
        arrive(MeshArrivals.endTag(region));
        assertTrue(cycle(false));
        assertTrue(buffer.stirred(), "region " + region);
    }

    @Test
    void theEndOfAListDoesNot() {
        arrive(MeshArrivals.endTag(5));
        assertTrue(cycle(true));
        assertFalse(arrivals.take(5, 2));
        assertFalse(arrivals.take(4, 1));
        assertTrue(arrivals.take(5, 1));
        assertFalse(arrivals.take(5, 1));
    }
}
