package metronome.hwmodel.mesh;

import java.util.Optional;

/** Lets the flits of a core's message enter its router one a cycle (NOC-8). */
final class Injector {
    private final Link link;
    private final int messageFlits;
    private Optional<Message> sending = Optional.empty();
    private int index;

    Injector(Link link, int messageFlits) {
        this.link = link;
        this.messageFlits = messageFlits;
    }

    boolean busy() {
        return sending.isPresent();
    }

    boolean free() {
        return !busy() && link.hasRoom(messageFlits);
    }

    void start(Message message) {
        if (!free()) {
            throw new IllegalStateException("the core's router has no room for a message");
        }
        sending = Optional.of(message);
        index = 0;
    }

    void commit(long now) {
        if (busy()) {
            link.send(sending.orElseThrow(), index++, now);
            if (index == messageFlits) {
                sending = Optional.empty();
            }
        }
    }
}
