"""Pieces of speech as token ids of the shipped encoder, with marks for who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from copilot.domain import Speaker
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.windows import LONGEST_PIECE, Tokens


class Tokeniser:
    """Wraps the encoder's own vocabulary. `first` and `last` are the ids that frame a window."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first = self._id("[CLS]")
        self.last = self._id("[SEP]")
        self.mask = self._id("[MASK]")
        self.pad = self._id("[PAD]")
        self._marks = {s: tuple(self._ids(f"{s.value} :")) for s in Speaker}

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the encoder's vocabulary has no {token}")
        return int(found)

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def __call__(self, pieces: Sequence[Piece]) -> list[Tokens]:
        coded = self._tokenizer.encode_batch([p.text for p in pieces], add_special_tokens=False)
        return [
            Tokens(
                tuple(code.ids[:LONGEST_PIECE]),
                self._marks[piece.speaker],
                i == 0 or pieces[i - 1].position != piece.position,
            )
            for i, (piece, code) in enumerate(zip(pieces, coded, strict=True))
        ]

    def rarity(self, word: str) -> float:
        """0 to 1: the vocabulary is sorted by how common words are in English."""
        found = self._tokenizer.token_to_id(word.lower())
        return 1.0 if found is None else min(1.0, max(0.0, (int(found) - 1996) / 12_000))
