"""A trained encoder as one quantised network: weights in signed bytes, a scale for each channel.

Quantisation is dynamic: activations are scaled text by text (ONNX Runtime, Quantize ONNX models). The head
stays in single precision: it is small, and decides.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.extract.words import data
from kg.train.network import SpanClassifier

INPUTS = ("ids", "shapes", "firsts", "lasts", "owners", "surface")
OUTPUTS = ("outcomes", "roles")
_OPSET = 18  # the first whose ScatterElements takes a maximum
_AXES = {
    **{name: {0: "places"} for name in ("firsts", "lasts", "owners")},
    **{name: {1: "pieces"} for name in ("ids", "shapes")},
    **{name: {0: "groups"} for name in ("surface", *OUTPUTS)},
}


def export(models: list[SpanClassifier]) -> bytes:
    """The networks as one ONNX file that tells the mean of their probabilities.

    Args:
        models: one at least, with one vocabulary of pieces; not changed but for being set to judge.

    Returns:
        A network with the inputs :data:`INPUTS`, as in :class:`kg.extract.encoding.Encoded` with ``ids`` and
        ``shapes`` 1 x pieces, and the outputs :data:`OUTPUTS`: groups x outcomes, and groups x roles. The same
        weights give the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        _trace(models, whole)
        _quantise(whole, small)
        network = onnx.load(str(small))
    network.producer_name = network.producer_version = network.doc_string = ""
    content: bytes = network.SerializeToString()
    return content


class _OneText(nn.Module):
    """The networks, given one text without padding; what they say is averaged."""

    def __init__(self, models: list[SpanClassifier]) -> None:
        super().__init__()
        self.models = nn.ModuleList(models)

    def forward(
        self, ids: Tensor, shapes: Tensor, firsts: Tensor, lasts: Tensor, owners: Tensor, surface: Tensor
    ) -> tuple[Tensor, Tensor]:
        models = cast("Iterable[SpanClassifier]", self.models)
        said = [m.head(m.trunk(ids, shapes, None)[0], firsts, lasts, owners, surface) for m in models]
        outcomes = torch.stack([outcome.softmax(-1) for outcome, _ in said]).mean(0)
        roles = torch.stack([role.softmax(-1) for _, role in said]).mean(0)
        return outcomes, roles


@torch.no_grad()
def _trace(models: list[SpanClassifier], path: Path) -> None:
    """Write the networks as they compute, in single precision."""
    torch.onnx.export(
        _OneText(models).eval(),
        _example(),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=_AXES,
        opset_version=_OPSET,
        dynamo=False,
    )


def _example() -> tuple[Tensor, ...]:
    """A text of 16 pieces and four occurrences of three groups; only the way it takes is recorded."""
    return (
        torch.zeros(1, 16, dtype=torch.long),
        torch.zeros(1, 16, dtype=torch.long),
        torch.tensor([1, 2, 3, 5]),
        torch.tensor([1, 3, 4, 6]),
        torch.tensor([0, 1, 1, 2]),
        torch.zeros(3, len(data("encoder")["surface"])),
    )


def _quantise(whole: Path, small: Path) -> None:
    """Write a network with the trunk's weights in signed bytes."""
    heads = [node.name for node in onnx.load(str(whole)).graph.node if "/head/" in node.name]
    quantize_dynamic(
        str(whole),
        str(small),
        op_types_to_quantize=["MatMul", "Gather"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=[*heads, *(f"{name}_MatMul" for name in heads)],
    )
