"""The network that classifies candidate spans: an encoder that reads the whole text, and a head over its spans.

Each occurrence of a candidate is its first piece, its last and the mean of its pieces; the occurrences of a
group are pooled by maximum and mean, and a softmax tells whether the group is a concept and of what kind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.classifier import OUTCOMES
from kg.extract.encoding import Encoded
from kg.extract.roles import ROLES
from kg.extract.words import data

WIDTH, HEADS, LAYERS, PLACES = 384, 12, 6, 512  # those of MiniLM
SHAPES, OTHER_SHAPE = 6, 5
HIDDEN, SURFACE = 256, 64
_EPSILON = 1e-12  # of layer normalisation, as in BERT
_DROPOUT, _HEAD_DROPOUT = 0.1, 0.2
_FAR = 1e4  # beyond every logit, and within the range of half precision


@dataclass(frozen=True, slots=True)
class Batch:
    """Several texts side by side, padded to the longest.

    Attributes:
        ids: the word pieces, texts x pieces.
        shapes: the case shape of each piece's word, texts x pieces.
        mask: what is added to attention, texts x 1 x 1 x pieces: nothing, or far below zero at padding.
        firsts: the first piece of each occurrence, as a row of the texts laid one after another.
        lasts: the last piece of each occurrence, inclusive, counted likewise.
        owners: the row, among the groups of all texts, of each occurrence; ascending.
        surface: what is known of each group besides the text, groups x features.
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    lasts: Tensor
    owners: Tensor
    surface: Tensor


def batch_of(texts: Sequence[Encoded]) -> Batch:
    """Put texts side by side.

    Args:
        texts: one at least; their groups follow each other in this order.
    """
    longest = max(len(text.ids) for text in texts)
    ids = torch.zeros(len(texts), longest, dtype=torch.long)
    shapes = torch.full((len(texts), longest), OTHER_SHAPE)
    mask = torch.full((len(texts), 1, 1, longest), -_FAR)
    for row, text in enumerate(texts):
        ids[row, : len(text.ids)] = torch.from_numpy(text.ids)
        shapes[row, : len(text.ids)] = torch.from_numpy(text.shapes)
        mask[row, :, :, : len(text.ids)] = 0.0
    starts = [row * longest for row in range(len(texts))]
    groups = np.cumsum([0, *(len(text.groups) for text in texts[:-1])]).tolist()
    return Batch(
        ids,
        shapes,
        mask,
        firsts=_shifted([text.firsts for text in texts], starts),
        lasts=_shifted([text.lasts for text in texts], starts),
        owners=_shifted([text.owners for text in texts], groups),
        surface=torch.from_numpy(np.concatenate([text.surface for text in texts])),
    )


def _shifted(columns: Sequence[np.ndarray[Any, np.dtype[Any]]], by: Sequence[int]) -> Tensor:
    """Numbers of several texts as numbers over all of them."""
    return torch.from_numpy(np.concatenate([column + n for column, n in zip(columns, by, strict=True)]))


class Layer(nn.Module):
    """One layer of BERT (Devlin et al., BERT: Pre-training of deep bidirectional transformers, NAACL 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=_EPSILON), nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Attend, then transform each piece.

        Args:
            x: texts x pieces x WIDTH.
            mask: as in :class:`Batch`; None where no text is padded.

        Returns:
            The same shape as ``x``.
        """
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        q, k, v = parts.permute(2, 0, 3, 1, 4).unbind(0)
        if mask is None:  # written out for the export, where one text comes at a time
            attended = (q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)).softmax(-1) @ v
        else:
            attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH))))
        transformed: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return transformed


class Trunk(nn.Module):
    """The encoder: pieces and the case shapes of their words to one vector a piece.

    Its pretrained base reads lower case. What case tells is added where training begins: to the embeddings, or
    after the last of the frozen layers.
    """

    def __init__(self, pieces: int, frozen: int) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, eps=_EPSILON), nn.Dropout(_DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.frozen = frozen

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """Read texts.

        Args:
            ids: texts x pieces.
            shapes: texts x pieces.
            mask: as in :class:`Batch`; None where no text is padded.

        Returns:
            texts x pieces x WIDTH.
        """
        x: Tensor = self.norm(self.word(ids) + self.place.weight[: ids.shape[1]])
        if not self.frozen:
            x = x + self.shape(shapes)
        x = self.dropout(x)
        for number, layer in enumerate(self.layers):
            x = layer(x, mask)
            if number == self.frozen - 1:
                x = x.detach() + self.shape(shapes)
        return x

    def freeze(self) -> None:
        """Keep the embeddings of pieces and places, and the frozen layers, as they are."""
        still: list[nn.Module] = [self.word, self.place, *self.layers[: self.frozen]]
        for module in still + ([self.norm] if self.frozen else []):
            module.requires_grad_(False)


class Head(nn.Module):
    """Occurrences to groups to outcomes and roles."""

    def __init__(self) -> None:
        super().__init__()
        self.occurrence = nn.Sequential(nn.Linear(3 * WIDTH, HIDDEN), nn.GELU(), nn.Dropout(_DROPOUT))
        self.surface = nn.Sequential(nn.Linear(len(data("encoder")["surface"]), SURFACE), nn.GELU())
        self.group = nn.Sequential(
            nn.Linear(2 * HIDDEN + SURFACE, HIDDEN), nn.GELU(), nn.Dropout(_HEAD_DROPOUT)
        )
        self.outcome, self.role = nn.Linear(HIDDEN, len(OUTCOMES)), nn.Linear(HIDDEN, len(ROLES))

    def forward(
        self, x: Tensor, firsts: Tensor, lasts: Tensor, owners: Tensor, surface: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Judge groups.

        Args:
            x: one row a piece, the texts one after another.
            firsts: the row of the first piece of each occurrence.
            lasts: the row of the last, inclusive.
            owners: the group of each occurrence.
            surface: groups x features.

        Returns:
            Logits: groups x outcomes, and groups x roles.
        """
        told = self._occurrences(x, firsts, lasts)
        index, groups = owners[:, None].expand(-1, HIDDEN), surface.shape[0]
        ground = torch.zeros(groups, HIDDEN, dtype=x.dtype)
        largest = (ground - _FAR).scatter_reduce(0, index, told, "amax")
        counts = ground.scatter_add(0, index, torch.ones_like(told))
        average = ground.scatter_add(0, index, told) / counts
        described = self.group(torch.cat([largest, average, self.surface(surface)], 1))
        return self.outcome(described), self.role(described)

    def _occurrences(self, x: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Each occurrence by its first piece, its last and the mean of its pieces; occurrences x HIDDEN."""
        sums = torch.cat([torch.zeros_like(x[:1]), x.cumsum(0)], 0)
        total = sums.index_select(0, lasts + 1) - sums.index_select(0, firsts)
        mean = total / (lasts + 1 - firsts)[:, None]
        ends = [x.index_select(0, firsts), x.index_select(0, lasts)]
        told: Tensor = self.occurrence(torch.cat([*ends, mean], 1))
        return told


class SpanClassifier(nn.Module):
    """Trunk and head.

    Args:
        pieces: how many word pieces the tokenizer knows.
        frozen: how many layers, from below, are not trained.
    """

    def __init__(self, pieces: int, frozen: int) -> None:
        super().__init__()
        self.trunk, self.head = Trunk(pieces, frozen), Head()

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Judge the groups of several texts.

        Returns:
            Logits: groups x outcomes, and groups x roles.
        """
        x = self.trunk(batch.ids, batch.shapes, batch.mask).float()
        with torch.autocast("cpu", enabled=False):  # the head is small, and decides
            judged: tuple[Tensor, Tensor] = self.head(
                x.flatten(0, 1), batch.firsts, batch.lasts, batch.owners, batch.surface
            )
        return judged
