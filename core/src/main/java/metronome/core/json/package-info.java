/**
 * JSON with positions: {@link metronome.core.json.JsonParser} reads strictly (RFC 8259) and keeps line and column of
 * every value, so that whoever interprets a document can say where it is wrong; {@link metronome.core.json.JsonWriter}
 * prints it back, stable to the byte. Values are immutable.
 */
package metronome.core.json;
