package metronome.traces.soak;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small valid recordings of cameras and of other people's spikes. */
final class RecordingSamples {
    static final String ENTRY = "1.bs2";
    private static final String HEADER_2 = "#!AER-DAT2.0\r\n# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n#End Of ASCII Header\r\n";
    private static final String HEADER_3 = "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n";

    private RecordingSamples() {
    }

    static List<byte[]> nmnist() {
        return List.of(new byte[] {7, 7, (byte) 0x80, 0x13, (byte) 0xdf, 19, 13, 0, 0x19, (byte) 0x90, 10, 0, (byte) 0x81, 0x73, 0x0e});
    }

    static List<byte[]> aedat2() {
        ByteBuffer events = ByteBuffer.allocate(32).putInt(0x1203).putInt(5).putInt(0x7ffe).putInt(900).putInt(0x8001).putInt(901)
                .putInt(2).putInt(4000);
        ByteBuffer davis = ByteBuffer.allocate(24).putInt(0x3e954800).putInt(70).putInt(0x80012c00).putInt(71).putInt(0x4c959000).putInt(72);
        return List.of(joined(HEADER_2, events), joined(HEADER_2.replace("retina.DVS128", "davis.Davis346red"), davis));
    }

    static List<byte[]> aedat3() {
        ByteBuffer packets = ByteBuffer.allocate(2 * 28 + 24 + 8).order(ByteOrder.LITTLE_ENDIAN);
        packet(packets, 1, 3, 2).putInt(5 << 17 | 9 << 2 | 3).putInt(70).putInt(127 << 17 | 127 << 2 | 1).putInt(3000).putInt(0).putInt(0);
        packet(packets, 0, 1, 1).putInt(1).putInt(4000);
        return List.of(joined(HEADER_3, packets));
    }

    private static ByteBuffer packet(ByteBuffer out, int type, int number, int valid) {
        return out.putShort((short) type).putShort((short) 1).putInt(8).putInt(4).putInt(0).putInt(number).putInt(number).putInt(valid);
    }

    static List<byte[]> zip() {
        return List.of(SampleFiles.zipped(nmnist().getFirst(), ENTRY));
    }

    static List<byte[]> tensors() {
        return List.of(SampleFiles.zipped(array("(2, 1, 2, 3)"), "a.npy"), SampleFiles.zipped(array("(2, 6)"), "b.npy"));
    }

    private static byte[] array(String shape) {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + 12).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text)
                .put(new byte[] {1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0}).array();
    }

    static List<byte[]> table() {
        return List.of(bytes("# of somebody\nimage,layer,neuron,step\n0,0,5,0\n0,1,1,3\n0,0,5,2\n1,1,0,1\n"));
    }

    static List<byte[]> layers() {
        return List.of(bytes("""
                net,layer,type,in_c,in_h,in_w,kernel,stride,pad,groups,out_c,out_h,out_w,macs,weights,source
                small,conv1,conv,3,8,8,3,1,1,1,4,8,8,6912,108,me
                small,fc,fc,4,4,4,0,1,0,1,10,1,1,640,640,me
                other,conv1,conv,4,9,9,3,2,0,2,4,4,4,1152,72,me
                """));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(String header, ByteBuffer rest) {
        return ByteBuffer.allocate(header.length() + rest.capacity()).put(bytes(header)).put(rest.array()).array();
    }
}
