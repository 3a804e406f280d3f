package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import metronome.hwmodel.count.Counter;
import org.junit.jupiter.api.Test;

/** Over random devices, clocks and requests: is every rule kept, and does nothing wait longer than a rule says? */
class DramPropertyTest {
    private static final long SEED = 20260117;

    private static Rig randomRun(DramDevice device, Random random) {
        Rig rig = new Rig(device, 50 + random.nextInt(2000) + random.nextDouble(), Rig.randomController(random));
        int requests = 150;
        int spread = 1 << (2 + random.nextInt(8));
        while (rig.asked.size() < requests) {
            for (int i = random.nextInt(5); i > 0 && rig.asked.size() < requests; i--) {
                rig.ask(random.nextInt(spread), random.nextInt(3) == 0);
            }
            rig.run(random.nextInt(random.nextInt(40) == 0 ? 1000 : 10));
        }
        return rig.drain();
    }

    @Test
    void rulesHoldAndNothingWaitsWithoutReason() {
        Random seeds = new Random(SEED);
        Set<String> tight = new TreeSet<>();
        for (int round = 0; round < 150; round++) {
            long seed = seeds.nextLong();
            String context = "seed " + seed + ", round " + round;
            Random random = new Random(seed);
            DramDevice device = Rig.randomDevice(random);
            Rig rig = randomRun(device, random);
            int channels = 1 + rig.sent.stream().mapToInt(Rig.Sent::channel).max().orElse(0);
            for (int channel = 0; channel < channels; channel++) {
                int number = channel;
                List<Rig.Sent> sent = rig.sent.stream().filter(s -> s.channel() == number).toList();
                check(device, rig, sent, tight, context);
                checkOrder(device, rig, sent, number, context);
            }
            checkTokens(rig, context);
        }
        System.out.println("DramPropertyTest seed " + SEED);
        Set<String> declared = new TreeSet<>();
        Rig.timing().constraints().stream().filter(c -> !c.name().equals("tCK")).forEach(c -> declared.add(c.scope() + " " + c.before() + " " + c.after() + " "
                + c.window()));
        declared.removeAll(tight);
        assertEquals(Set.of("CHANNEL REFRESH REFRESH 1"), declared, "constraints at whose very end nothing ever went");
    }

    /** Compares with all earlier commands, without any state in common with the model. */
    private static void check(DramDevice device, Rig rig, List<Rig.Sent> sent, Set<String> tight, String context) {
        List<Constraint> constraints = device.timing().constraints();
        for (int i = 0; i < sent.size(); i++) {
            Rig.Sent now = sent.get(i);
            List<Long> reasons = new ArrayList<>(rig.asked.stream().map(Rig.Asked::arrival).toList());
            for (long due = device.timing().tREFI(); due <= now.at(); due += device.timing().tREFI()) {
                reasons.add(due);
            }
            for (Constraint c : constraints) {
                if (c.after() == now.command()) {
                    List<Rig.Sent> before = sent.subList(0, i).reversed().stream().filter(s -> s.command() == c.before()
                            && (c.scope() == Constraint.Scope.CHANNEL || s.bank() == now.bank())).toList();
                    if (before.size() >= c.window()) {
                        long earliest = before.get(c.window() - 1).at() + c.picoseconds();
                        assertTrue(now.at() >= earliest, context + ": " + now + " breaks " + c);
                        reasons.add(earliest);
                        if (now.at() == earliest) {
                            tight.add(c.scope() + " " + c.before() + " " + c.after() + " " + c.window());
                        }
                    }
                }
            }
            assertTrue(reasons.contains(now.at()), context + ": nothing explains the time of " + now);
        }
        checkRows(sent, context);
        checkRefresh(device, sent, context);
    }

    private static void checkRows(List<Rig.Sent> sent, String context) {
        boolean[] open = new boolean[8];
        for (Rig.Sent s : sent) {
            switch (s.command()) {
                case ACTIVATE -> {
                    assertTrue(!open[s.bank()], context + ": " + s + " of an open bank");
                    open[s.bank()] = true;
                }
                case PRECHARGE -> open[s.bank()] = false;
                case PRECHARGE_ALL -> open = new boolean[8];
                case READ, WRITE -> assertTrue(open[s.bank()], context + ": " + s + " of a closed bank");
                case REFRESH -> {
                    for (boolean bank : open) {
                        assertTrue(!bank, context + ": " + s + " with an open bank");
                    }
                }
            }
        }
    }

    private static void checkRefresh(DramDevice device, List<Rig.Sent> sent, String context) {
        long due = device.timing().tREFI();
        for (Rig.Sent s : sent) {
            boolean refreshing = s.command() == Command.REFRESH || s.command() == Command.PRECHARGE_ALL;
            assertTrue(refreshing == s.at() >= due, context + ": " + s + ", refresh due " + due);
            if (s.command() == Command.REFRESH) {
                due += device.timing().tREFI();
            }
        }
    }

    /** DRAM-7 and DRAM-8: nobody is overtaken too often, and an end shows at the first tick that is not before it. */
    private static void checkOrder(DramDevice device, Rig rig, List<Rig.Sent> sent, int channel, String context) {
        AddressMap map = new AddressMap(device, rig.controller.channels(), rig.controller.order());
        List<Rig.Ended> ended = rig.ended.stream()
                .filter(e -> map.channel(map.burst(rig.asked.get(e.token()).address())) == channel).toList();
        List<Rig.Sent> moved = sent.stream().filter(s -> s.command().column()).toList();
        assertEquals(ended.size(), moved.size(), context);
        for (int i = 0; i < moved.size(); i++) {
            Rig.Asked request = rig.asked.get(ended.get(i).token());
            Rig.Sent command = moved.get(i);
            assertEquals(request.write() ? Command.WRITE : Command.READ, command.command(), context);
            assertEquals(map.bank(map.burst(request.address())), command.bank(), context);
            assertTrue(command.at() >= request.arrival(), context + ": " + command + " before its request");
            long end = command.at() + (request.write() ? device.timing().writeData() : device.timing().readData());
            long tick = ended.get(i).tick();
            assertTrue(rig.time(tick) >= end && rig.time(tick - 1) < end, context + ": token " + request.token()
                    + " ends at " + end + " and was reported at tick " + tick);
            List<Rig.Asked> overtakers = ended.subList(0, i).stream().map(e -> rig.asked.get(e.token()))
                    .filter(a -> a.token() > request.token()).toList();
            assertTrue(overtakers.size() <= rig.controller.overtakes(), context + ": " + request + " was overtaken by "
                    + overtakers);
            assertTrue(overtakers.stream().noneMatch(a -> map.bank(map.burst(a.address())) == map.bank(map.burst(request.address()))
                    && map.row(map.burst(a.address())) == map.row(map.burst(request.address()))), context + ": overtaken in its row: " + request);
        }
    }

    private static void checkTokens(Rig rig, String context) {
        assertEquals(rig.asked.size(), rig.ended.size(), context + ": tokens lost or invented");
        assertEquals(rig.asked.size(), rig.ended.stream().map(Rig.Ended::token).distinct().count(), context);
        assertEquals(rig.asked.size(), rig.count(Counter.READ_BURSTS) + rig.count(Counter.WRITE_BURSTS), context);
        assertEquals(rig.sent.stream().filter(s -> s.command() == Command.ACTIVATE).count(), rig.count(Counter.ACTIVATES));
        assertEquals(rig.sent.stream().filter(s -> s.command() == Command.REFRESH).count(), rig.count(Counter.REFRESHES));
        assertEquals(rig.ended.stream().sorted(Comparator.comparingLong(Rig.Ended::tick)).toList(), rig.ended, context);
    }

    @Test
    void sameRequestsSameAnswers() {
        Random first = new Random(SEED);
        Random second = new Random(SEED);
        Rig a = randomRun(Rig.randomDevice(first), first);
        Rig b = randomRun(Rig.randomDevice(second), second);
        assertEquals(a.sent, b.sent);
        assertEquals(a.ended, b.ended);
    }
}
