package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules DRAM-4 to DRAM-9 once more, request by request and from the whole history, without any state: does the
 * controller send the same commands at the same times?
 */
class ReferenceSchedulerTest {
    private static final long SEED = 20261124;

    /** A request as the scheduler sees it. */
    private record Wish(int age, Command column, int bank, long row, long arrival) {
    }

    /** A command that could go; {@code age} is that of its request. */
    private record Candidate(Command command, int bank, long at, int age) {
        private static final Comparator<Candidate> ORDER = Comparator.comparingLong(Candidate::at)
                .thenComparing(c -> !c.command.column()).thenComparingInt(Candidate::age).thenComparingInt(Candidate::bank);
    }

    /** All that happened in one channel. */
    private static final class Reference {
        private final DramTiming timing;
        private final Controller controller;
        private final List<Wish> waiting;
        private final List<Wish> served = new ArrayList<>();
        private final List<Rig.Sent> sent = new ArrayList<>();
        private final int channel;

        Reference(DramTiming timing, Controller controller, int channel, List<Wish> wishes) {
            this.timing = timing;
            this.controller = controller;
            this.channel = channel;
            this.waiting = new ArrayList<>(wishes);
        }

        private long refreshDue() {
            return timing.tREFI() * (1 + sent.stream().filter(s -> s.command() == Command.REFRESH).count());
        }

        private long earliest(Command command, int bank) {
            long earliest = 0;
            for (Constraint c : timing.constraints()) {
                if (c.after() == command) {
                    List<Rig.Sent> before = sent.stream().filter(s -> s.command() == c.before()
                            && (c.scope() == Constraint.Scope.CHANNEL || s.bank() == bank)).toList();
                    if (before.size() >= c.window()) {
                        earliest = Math.max(earliest, before.get(before.size() - c.window()).at() + c.picoseconds());
                    }
                }
            }
            return earliest;
        }

        /** The row that a bank has open, told by its latest command about rows. */
        private Optional<Long> openRow(int bank) {
            Optional<Long> open = Optional.empty();
            int activates = 0;
            for (Rig.Sent s : sent) {
                if (s.command() == Command.ACTIVATE && s.bank() == bank) {
                    open = Optional.of(rows.get(activates));
                } else if (s.command() == Command.PRECHARGE && s.bank() == bank || s.command() == Command.PRECHARGE_ALL) {
                    open = Optional.empty();
                }
                activates += s.command() == Command.ACTIVATE ? 1 : 0;
            }
            return open;
        }

        /** The row of each activate. */
        private final List<Long> rows = new ArrayList<>();

        private boolean inOrder() {
            return waiting.stream().findFirst().map(first -> served.stream().filter(s -> s.age() > first.age()).count()
                    >= controller.overtakes()).orElse(false);
        }

        private List<Candidate> candidates() {
            List<Candidate> all = new ArrayList<>();
            for (int bank = 0; bank < 8; bank++) {
                int number = bank;
                List<Wish> here = waiting.stream().filter(w -> w.bank() == number).toList();
                Optional<Long> row = openRow(bank);
                if (row.isEmpty()) {
                    here.stream().findFirst().ifPresent(w -> all.add(candidate(Command.ACTIVATE, w)));
                    continue;
                }
                List<Wish> hits = here.stream().filter(w -> w.row() == row.get()).toList();
                Optional<Candidate> close = close(number, here);
                boolean held = close.isPresent() && hits.stream().anyMatch(h -> h.arrival() <= close.get().at())
                        && !(inOrder() && here.getFirst() != hits.getFirst());
                if (close.isPresent() && !held) {
                    all.add(close.get());
                } else {
                    hits.stream().findFirst().filter(h -> !inOrder() || h == waiting.getFirst())
                            .ifPresent(h -> all.add(candidate(h.column(), h)));
                }
            }
            return all;
        }

        private Optional<Candidate> close(int bank, List<Wish> here) {
            long ready = earliest(Command.PRECHARGE, bank);
            if (controller.pages() == PagePolicy.CLOSED) {
                return Optional.of(new Candidate(Command.PRECHARGE, bank, ready, Integer.MAX_VALUE));
            }
            return here.stream().findFirst().map(w -> new Candidate(Command.PRECHARGE, bank,
                    Math.max(ready, w.arrival()), w.age()));
        }

        private Candidate candidate(Command command, Wish wish) {
            return new Candidate(command, wish.bank(), Math.max(wish.arrival(), earliest(command, wish.bank())), wish.age());
        }

        private Candidate next() {
            boolean anyOpen = Stream.iterate(0, b -> b + 1).limit(8).anyMatch(b -> openRow(b).isPresent());
            Command refresh = anyOpen ? Command.PRECHARGE_ALL : Command.REFRESH;
            return candidates().stream().filter(c -> c.at() < refreshDue()).min(Candidate.ORDER)
                    .orElseGet(() -> new Candidate(refresh, 0, Math.max(refreshDue(), earliest(refresh, 0)), -1));
        }

        List<Rig.Sent> run(int commands) {
            while (sent.size() < commands) {
                Candidate next = next();
                if (next.command() == Command.ACTIVATE) {
                    rows.add(waiting.stream().filter(w -> w.age() == next.age()).findFirst().orElseThrow().row());
                } else if (next.command().column()) {
                    Wish done = waiting.stream().filter(w -> w.age() == next.age()).findFirst().orElseThrow();
                    waiting.remove(done);
                    served.add(done);
                }
                sent.add(new Rig.Sent(channel, next.command(), next.bank(), next.at()));
            }
            return sent;
        }
    }

    @Test
    void sendsTheSameCommandsAtTheSameTimes() {
        Random seeds = new Random(SEED);
        int overtaken = 0;
        for (int round = 0; round < 120; round++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            DramDevice device = Rig.randomDevice(random);
            Rig rig = new Rig(device, 50 + random.nextInt(2000), Rig.randomController(random));
            int spread = 1 << (3 + random.nextInt(7));
            while (rig.asked.size() < 60) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    rig.ask(random.nextInt(spread), random.nextInt(3) == 0);
                }
                rig.run(random.nextInt(30));
            }
            rig.drain().run(100);
            for (int channel = 0; channel < rig.controller.channels(); channel++) {
                overtaken += compare(device, rig, channel, "seed " + seed + ", round " + round + ", " + rig.controller);
            }
        }
        System.out.println("ReferenceSchedulerTest seed " + SEED + ", overtaken " + overtaken);
        assertEquals(true, overtaken > 300, "overtaken " + overtaken);
    }

    private static int compare(DramDevice device, Rig rig, int channel, String context) {
        AddressMap map = new AddressMap(device, rig.controller.channels(), rig.controller.order());
        List<Wish> wishes = new ArrayList<>();
        for (Rig.Asked a : rig.asked) {
            if (map.channel(map.burst(a.address())) == channel) {
                wishes.add(new Wish(wishes.size(), a.write() ? Command.WRITE : Command.READ, map.bank(map.burst(a.address())),
                        map.row(map.burst(a.address())), a.arrival()));
            }
        }
        List<Rig.Sent> actual = rig.sent.stream().filter(s -> s.channel() == channel).toList();
        Reference reference = new Reference(device.timing(), rig.controller, channel, wishes);
        List<Rig.Sent> expected = reference.run(actual.size());
        for (int i = 0; i < actual.size(); i++) {
            assertEquals(expected.get(i), actual.get(i), context + ", command " + i);
        }
        int overtaken = 0;
        for (int i = 0; i < reference.served.size(); i++) {
            overtaken += reference.served.get(i).age() > i ? 1 : 0;
        }
        return overtaken;
    }
}
