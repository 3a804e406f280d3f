package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import metronome.hwmodel.dram.Controller;
import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.dram.DramDevice;
import metronome.hwmodel.memory.SharedPort.User;
import metronome.isa.target.Target;
import org.junit.jupiter.api.Test;

/** CORE-2 and DMA-1: who is served first, and whose burst a token is. */
class DramBusTest {
    private static final List<User> ORDER = List.of(User.FETCH, User.LOAD, User.STORE);

    private final Dram dram = new Dram(DramDevice.preset("lpddr4-2400"), 500, Controller.of(Target.preset()),
            (_, _, _) -> { });
    private final DramBus bus = new DramBus(dram);

    @Test
    void lowerCoresThenEarlierUsersAreServed() {
        List<Integer> order = new ArrayList<>();
        for (int core = 0; core < 64; core++) {
            for (User user : ORDER) {
                order.add(DramBus.who(core, user));
            }
        }
        assertEquals(order.stream().sorted().distinct().toList(), order);
        DramPort first = new DramPort(bus, 0);
        DramPort second = new DramPort(bus, 1);
        second.want(User.FETCH, 0);
        first.want(User.STORE, 0);
        first.want(User.LOAD, 0);
        assertTrue(!second.granted(User.FETCH) && !first.granted(User.STORE));
        assertTrue(first.granted(User.LOAD));
        assertThrows(IllegalArgumentException.class, () -> first.want(User.MESH, 0));
    }

    /** Also of the last burst that a program can have. */
    @Test
    void tokensTellCoresUsersAndBurstsApart() {
        long last = (1L << 30) - dram.burstBytes();
        for (int core : new int[] {0, 1, 63}) {
            for (User user : ORDER) {
                DramPort port = new DramPort(bus, core);
                port.want(user, port.channelOf((int) (last / dram.burstBytes())));
                assertTrue(port.granted(user));
                port.request(user, (int) (last / dram.burstBytes()), false, 0);
                bus.commit();
                long token = -1;
                while (token < 0) {
                    dram.tick(0);
                    token = dram.completed();
                }
                assertEquals(core, DramPort.core(token));
                assertEquals(user, DramPort.user(token));
                assertEquals(last / dram.burstBytes(), DramPort.burst(token));
            }
        }
    }
}
