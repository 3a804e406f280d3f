/**
 * The safetensors file format (Hugging Face): a JSON header and the bytes of named tensors, nothing else.
 *
 * <p>Start at {@link metronome.core.safetensors.Safetensors}. Little-endian; everything is read as 32-bit floats.
 */
package metronome.core.safetensors;
