/**
 * The wire format of Protocol Buffers, as far as a reader needs it (protobuf.dev, "Encoding").
 *
 * <p>Start at {@link metronome.core.protobuf.MessageReader}. There is no schema: whoever reads knows the fields by number.
 */
package metronome.core.protobuf;
