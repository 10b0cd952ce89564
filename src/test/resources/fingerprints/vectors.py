"""The checksums of docs/formats/fingerprints.md, made without jobfold."""
import hashlib
import struct


def text(value):
    units = value.encode("utf-16-be")
    return struct.pack(">i", len(units) // 2) + units


def texts(*values):
    joined = struct.pack(">i", len(values)) + b"".join(map(text, values))
    return b"T" + hashlib.sha256(joined).digest()


def content(data):
    return b"C" + hashlib.sha256(data).digest()


def checksum(elements):
    data = struct.pack(">ii", 1, len(elements))
    for name in sorted(elements):
        data += text(name) + elements[name]
    return hashlib.sha256(data).hexdigest()


SOME = {
    "params a": texts("300"),
    "steps": texts("relax", "s\u00fc\u00df"),
    "input in.melt": content(b"hello\n"),
}
print(checksum({}))
print(checksum(SOME))
for name in sorted(SOME):
    print(name, SOME[name][1:9].hex())
