"""The encoder at work: a fine-tuned network that reads the whole text, run on the processor.

``data/encoder.onnx`` and ``data/tokenizer.json`` are made by ``kg train``; docs/model-card.md tells of what.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.extract.encoding import encoded
from kg.extract.judges import Said
from kg.extract.logistic import Features
from kg.extract.text import Group
from kg.extract.words import data

_Array = np.ndarray[Any, np.dtype[Any]]


class Encoder:
    """A network and the tokenizer that it was trained with."""

    def __init__(self, network: bytes, tokenizer: str) -> None:
        """Load both.

        One thread and one text at a time: what is said of a text depends on no other text and no machine load.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = (
            3  # the pooled shapes are not inferred, which it would tell of every text
        )
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = load_tokenizer(tokenizer)

    def read(self, doc: Doc, groups: Sequence[Group], described: Sequence[Features]) -> Said:
        """Read a text and judge its groups."""
        text = encoded(doc, groups, described, self._tokenizer)
        if not len(text.groups):
            return Said(text.groups, np.zeros((0, 5)), np.zeros((0, 4)))
        outcomes, roles = self._session.run(
            None,
            {
                "ids": text.ids[None],
                "shapes": text.shapes[None],
                "firsts": text.firsts,
                "lasts": text.lasts,
                "owners": text.owners,
                "surface": text.surface,
            },
        )
        return Said(text.groups, outcomes.astype(np.float64), roles.astype(np.float64))


def load_tokenizer(content: str) -> Tokenizer:
    """A tokenizer that reads as much as the encoder does."""
    tokenizer: Tokenizer = Tokenizer.from_str(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(data("encoder")["longest"])
    return tokenizer


@cache
def shipped_encoder() -> Encoder:
    """The encoder that comes with kg."""
    folder = files("kg.extract").joinpath("data")
    return Encoder(
        folder.joinpath("encoder.onnx").read_bytes(), folder.joinpath("tokenizer.json").read_text("utf-8")
    )
