package metronome.isa.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Word;

/**
 * The binary container of a program, version 2 (docs/formats.md): header with magic, version, target hash and CRC; the
 * sections MAP, CODE and DATA, each with length and CRC over both; a footer with magic and total length.
 */
public final class ProgramFile {
    private static final byte[] MAGIC = "METROPRG".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FOOTER = "METROEND".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int HASH_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + 4 + HASH_BYTES + 4;
    private static final int FOOTER_BYTES = FOOTER.length + 8;

    private ProgramFile() {
    }

    private enum Section {
        MAP, CODE, DATA;

        int tag() {
            byte[] name = (name() + " ").getBytes(StandardCharsets.US_ASCII);
            return name[0] & 0xff | (name[1] & 0xff) << 8 | (name[2] & 0xff) << 16 | (name[3] & 0xff) << 24;
        }
    }

    /**
     * Writes a program.
     *
     * @param file the destination
     * @param program any
     * @throws DataException if the file cannot be written
     */
    public static void write(Path file, Program program) {
        AtomicFile.write(file, out -> out.write(encode(program)));
    }

    /**
     * {@return the bytes of a program's container}
     *
     * @param program any
     */
    public static byte[] encode(Program program) {
        List<byte[]> bodies = List.of(MapJson.write(program.map()).getBytes(StandardCharsets.UTF_8),
                code(program), data(program));
        int total = HEADER_BYTES + FOOTER_BYTES + bodies.stream().mapToInt(b -> 12 + b.length + 4).sum();
        ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(VERSION).put(HexFormat.of().parseHex(program.targetHash()));
        putChecksum(out, 0);
        for (Section section : Section.values()) {
            int start = out.position();
            byte[] body = bodies.get(section.ordinal());
            out.putInt(section.tag()).putLong(body.length).put(body);
            putChecksum(out, start);
        }
        out.put(FOOTER).putLong(total);
        return out.array();
    }

    /**
     * {@return the section CODE of a program's container}
     *
     * @param program any
     */
    public static byte[] code(Program program) {
        int bytes = program.cores().stream().mapToInt(code -> 4 + code.size() * Word.BYTES).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int core = 0; core < program.cores().size(); core++) {
            out.putInt(program.cores().get(core).size()).put(program.codeBytes(core));
        }
        return out.array();
    }

    private static byte[] data(Program program) {
        return ByteBuffer.allocate(4 + program.data().length).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(program.dataAddress()).put(program.data()).array();
    }

    private static void putChecksum(ByteBuffer out, int from) {
        out.putInt(checksum(out, from));
    }

    private static int checksum(ByteBuffer buffer, int from) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), from, buffer.position() - from);
        return (int) crc.getValue();
    }

    /**
     * {@return the program that a file holds}
     *
     * @param file a container
     * @throws DataException if it cannot be read, is cut short, damaged, of another version, or no program at all
     */
    public static Program read(Path file) {
        try {
            return decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * {@return the program that a container holds}
     *
     * @param bytes of the container
     * @throws DataException as {@link #read}
     */
    public static Program decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String hash = header(in);
        footer(in);
        String map = new String(section(in, Section.MAP), StandardCharsets.UTF_8);
        List<List<Instruction>> cores = cores(section(in, Section.CODE));
        ByteBuffer data = ByteBuffer.wrap(section(in, Section.DATA)).order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() < 4) {
            throw new DataException("program: section DATA is too short");
        }
        int address = data.getInt();
        byte[] content = new byte[data.remaining()];
        data.get(content);
        if (in.remaining() != FOOTER_BYTES) {
            throw new DataException("program: " + (in.remaining() - FOOTER_BYTES) + " bytes too many after the sections");
        }
        return new Program(MapJson.read(map), hash, cores, address, content);
    }

    private static String header(ByteBuffer in) {
        byte[] magic = new byte[MAGIC.length];
        if (in.remaining() < HEADER_BYTES + FOOTER_BYTES) {
            throw new DataException("not a whole program: " + in.remaining() + " bytes are less than header and footer");
        }
        in.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new DataException("not a program: it does not begin with METROPRG");
        }
        int version = in.getInt();
        byte[] hash = new byte[HASH_BYTES];
        in.get(hash);
        expectChecksum(in, 0, "header");
        if (version != VERSION) {
            throw new DataException("program: version " + version + (version > VERSION ? " is newer than " : " is not ")
                    + VERSION + ", which this metronome reads");
        }
        return HexFormat.of().formatHex(hash);
    }

    private static void footer(ByteBuffer in) {
        int at = in.limit() - FOOTER_BYTES;
        byte[] magic = new byte[FOOTER.length];
        in.get(at, magic);
        if (!java.util.Arrays.equals(magic, FOOTER) || in.getLong(at + FOOTER.length) != in.limit()) {
            throw new DataException("program: cut short or damaged: no footer for " + in.limit() + " bytes");
        }
    }

    private static byte[] section(ByteBuffer in, Section section) {
        int start = in.position();
        if (in.remaining() < 12 + 4 + FOOTER_BYTES) {
            throw new DataException("program: section " + section + " is missing");
        }
        int tag = in.getInt();
        long length = in.getLong();
        if (tag != section.tag() || length < 0 || length > in.remaining() - 4 - FOOTER_BYTES) {
            throw new DataException("program: damaged at byte " + start + ": expected section " + section);
        }
        byte[] body = new byte[(int) length];
        in.get(body);
        expectChecksum(in, start, "section " + section);
        return body;
    }

    private static void expectChecksum(ByteBuffer in, int from, String where) {
        int expected = checksum(in, from);
        if (in.getInt() != expected) {
            throw new DataException("program: damaged: wrong checksum of " + where);
        }
    }

    /**
     * {@return the instructions of each core, from core 0 on}
     *
     * @param body of a section CODE
     * @throws DataException if it is cut short, or a word of it is no instruction
     */
    public static List<List<Instruction>> cores(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        List<List<Instruction>> cores = new ArrayList<>();
        while (in.hasRemaining()) {
            int size = in.remaining() < 4 ? -1 : in.getInt();
            if (size < 0 || (long) size * Word.BYTES > in.remaining()) {
                throw new DataException("program: section CODE is cut short in core " + cores.size());
            }
            cores.add(instructions(in, size));
        }
        return cores;
    }

    private static List<Instruction> instructions(ByteBuffer in, int size) {
        List<Instruction> code = new ArrayList<>();
        while (code.size() < size) {
            try {
                code.add(Codec.decode(new Word(in.getLong(), in.getLong())));
            } catch (DataException e) {
                throw e.in("program: instruction " + code.size());
            }
        }
        return code;
    }
}
