/**
 * Networks from ONNX files (onnx.ai; the messages are those of onnx.proto3, the operators those of domain ai.onnx).
 *
 * <p>Start at {@link metronome.core.onnx.OnnxFile}. A file is read into records ({@code Model}, {@code Graph},
 * {@code OnnxNode}, {@code Constant}) and lowered node by node ({@code Lowering}, {@code Rules}): a value is a constant or
 * an activation, which a {@code View} lays over our channels x height x width. Not thread-safe but for the entry points.
 */
package metronome.core.onnx;
