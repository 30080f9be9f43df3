"""Facts as bytes: for other processes, and for the disk."""

from __future__ import annotations

import msgspec

from antipatterns.facts.model import ModuleFacts

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(ModuleFacts)


def encode_facts(facts: ModuleFacts) -> bytes:
    """The facts of a file as bytes."""
    return _encoder.encode(facts)


def decode_facts(content: bytes) -> ModuleFacts:
    """The facts in some bytes; raises msgspec.DecodeError for anything else."""
    return _decoder.decode(content)
