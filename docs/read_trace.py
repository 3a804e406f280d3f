#!/usr/bin/env python3
"""Reads a trace (docs/formats.md) with nothing but Python's library: read_trace.py FILE [STREAM], header and counts or a stream as CSV."""
import itertools, json, struct, sys, zlib

COLUMNS = {  # of each stream: names, and whether a number is stored as the difference to the one before (d) or by itself (v)
    "spikes": ("cycle layer step neuron", "dddd"), "instructions": ("cycle core unit phase number layer", "dvvvdd"),
    "stalls": ("cycle cycles core unit cause layer", "dvvvvd"), "dram": ("cycle channel command bank row layer", "dvvvdd"),
    "energy": ("cycle cycles layer counter count", "dvddv"), "layers": ("cycle layer cycles", "ddv")}
WORDS = {"unit": "units", "phase": "phases", "cause": "causes", "command": "commands", "counter": "counters"}
TABLE = list(range(256))  # of the CRC-32C
for _ in range(8):
    TABLE = [c >> 1 ^ 0x82F63B78 * (c & 1) for c in TABLE]

def checked(data, what):  # the last four bytes are the CRC-32C of the others
    crc = 0xFFFFFFFF
    for byte in data[:-4]:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    if len(data) < 4 or crc ^ 0xFFFFFFFF != int.from_bytes(data[-4:], "little"):
        sys.exit(f"{sys.argv[1]}: {what} is damaged or cut short")
    return data[:-4]

def varints(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value >> 1 ^ -(value & 1)
            value = shift = 0

def column(numbers, count, kind):
    first, each = next(numbers), next(numbers)
    coded = [next(numbers) for _ in range(count - 1)] if each else [next(numbers)] * (count - 1) if count > 1 else []
    return list(itertools.accumulate(coded, initial=first)) if kind == "d" else [first, *coded]

def blocks(file, streams):
    while (head := file.read(52))[:4] == b"BLOC":
        stream, image, count, _, _, _, _, packed, _ = struct.unpack("<5I2q2I", checked(head, "a block")[4:])
        payload = checked(file.read(packed + 4), "a block")
        yield streams[stream], image, count, payload

with open(sys.argv[1], "rb") as file:
    magic, version, length = struct.unpack("<8sII", start := file.read(16))
    assert (magic, version) == (b"METROTRC", 1), "no trace of version 1"
    header = json.loads(checked(start + file.read(length + 4), "the header")[16:])
    words, counts = header["words"], {}
    for stream, image, count, payload in blocks(file, words["streams"]):
        counts[stream] = counts.get(stream, 0) + count
        if sys.argv[2:] == [stream]:
            names, kinds = COLUMNS[stream]
            numbers = varints(zlib.decompress(payload, -15))
            columns = [column(numbers, count, kind) for kind in kinds]
            if stream == "spikes":  # neurons are stored as places, (row, column, channel)
                shapes = [header["layers"][layer]["shape"] for layer in columns[1]]
                columns[3] = [place % c * h * w + place // c for place, (c, h, w) in zip(columns[3], shapes)]
            tables = [words.get(WORDS.get(name)) for name in names.split()]
            for row in zip(*columns):
                print(image, *(table[v] if table else v for table, v in zip(tables, row)), sep=",")
if not sys.argv[2:]:
    print(json.dumps({"header": header, "events": counts}))
