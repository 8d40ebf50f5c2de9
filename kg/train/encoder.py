"""Fine-tuning a small pretrained encoder to classify candidate spans.

The base is all-MiniLM-L6-v2 (Wang et al., MiniLM: Deep self-attention distillation for task-agnostic
compression of pre-trained transformers, NeurIPS 2020); the optimiser is AdamW (Loshchilov and Hutter, Decoupled
weight decay regularization, ICLR 2019), whose rates rise over the first steps and then fall to zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.extract.encoding import Encoded
from kg.train.network import Layer, SpanClassifier, batch_of
from kg.train.recipe import recipe

_Array = np.ndarray[Any, np.dtype[Any]]
_PARTS = ("weight", "bias")


@dataclass(frozen=True, slots=True)
class Lesson:
    """An encoded text and what is to be said of its groups.

    Attributes:
        encoded: the text.
        outcomes: for each group that is read the probability of each outcome, groups x outcomes; a row of zeros
            teaches nothing.
        roles: for each group that is read the probability of each role, groups x roles; a row of zeros teaches
            nothing.
    """

    encoded: Encoded
    outcomes: _Array
    roles: _Array


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the encoder is taught.

    Attributes:
        rate: the highest learning rate of the encoder's layers.
        head_rate: that of the layers on top.
        epochs: how often every lesson is given.
        batch: lessons a step.
        role_weight: of the loss of roles beside that of outcomes.
        seed: of everything random in teaching.
    """

    rate: float
    head_rate: float
    epochs: int
    batch: int
    role_weight: float
    seed: int


def pretrained(weights: Path, frozen: int, seed: int = 0) -> SpanClassifier:
    """The base, with a fresh head; the same seed gives the same head, whatever was drawn before.

    Args:
        weights: a safetensors file of a BERT with six layers of width 384.
        frozen: layers, from below, that stay as they are.
        seed: of the head's weights; becomes that of torch.

    Raises:
        FileNotFoundError: where there is no such file.
        KeyError: where the file lacks a tensor of such a BERT.
    """
    found = {name.removeprefix("bert."): tensor for name, tensor in load_file(weights).items()}
    torch.manual_seed(seed)
    model = SpanClassifier(len(found["embeddings.word_embeddings.weight"]), frozen)
    trunk = model.trunk
    trunk.word.weight.data = found["embeddings.word_embeddings.weight"]
    types = found["embeddings.token_type_embeddings.weight"][0]
    trunk.place.weight.data = found["embeddings.position_embeddings.weight"] + types
    _copy(trunk.norm, found, "embeddings.LayerNorm")
    trunk.freeze()
    for number, layer in enumerate(trunk.layers):
        _copy_layer(cast("Layer", layer), found, f"encoder.layer.{number}.")
    return model


def _copy_layer(layer: Layer, found: dict[str, Tensor], name: str) -> None:
    for part in _PARTS:
        three = [found[f"{name}attention.self.{which}.{part}"] for which in ("query", "key", "value")]
        getattr(layer.qkv, part).data = torch.cat(three)
    _copy(layer.out, found, name + "attention.output.dense")
    _copy(layer.norm1, found, name + "attention.output.LayerNorm")
    _copy(layer.up, found, name + "intermediate.dense")
    _copy(layer.down, found, name + "output.dense")
    _copy(layer.norm2, found, name + "output.LayerNorm")


def _copy(module: nn.Module, found: dict[str, Tensor], name: str) -> None:
    for part in _PARTS:
        getattr(module, part).data = found[f"{name}.{part}"]


def teach(
    model: SpanClassifier, lessons: Sequence[Lesson], schedule: Schedule, say: Callable[[str], None]
) -> SpanClassifier:
    """Train a model further; the same model, lessons and schedule give the same on one type of machine.

    Args:
        model: is changed.
        lessons: annotated texts, or texts that other models have judged; none without a group that is read.
        schedule: how.
        say: told of each epoch and its mean loss, in nats a group.

    Returns:
        The model, ready to judge.
    """
    torch.manual_seed(schedule.seed)
    torch.set_flush_denormal(True)  # numbers too small to matter would make it many times slower
    shuffle = np.random.default_rng(schedule.seed)
    optimizer = _optimizer(model, schedule)
    pace = _pace(optimizer, schedule.epochs * math.ceil(len(lessons) / schedule.batch))
    for epoch in range(schedule.epochs):
        model.train()
        losses = []
        for chosen in _batches(lessons, schedule.batch, shuffle):
            optimizer.zero_grad()
            loss = _loss(model, chosen, schedule.role_weight)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), recipe("optimizer")["gradient_norm"])
            optimizer.step()
            pace.step()
            losses.append(float(loss.detach()))
        say(f"epoch {epoch + 1} of {schedule.epochs}: loss {np.mean(losses):.4f}")
    return model.eval()


def _optimizer(model: SpanClassifier, schedule: Schedule) -> torch.optim.AdamW:
    trained = [weight for weight in model.trunk.parameters() if weight.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": trained, "lr": schedule.rate},
            {"params": list(model.head.parameters()), "lr": schedule.head_rate},
        ],
        weight_decay=recipe("optimizer")["weight_decay"],
    )


def _pace(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """The share of the rates at each step: it rises in the warm-up, and falls over all steps."""
    rising = recipe("optimizer")["warm_up"] * steps
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / rising) * max(0.0, (steps - step) / steps)
    )


def _batches(lessons: Sequence[Lesson], size: int, shuffle: np.random.Generator) -> Iterator[list[Lesson]]:
    """Lessons in random order, those of like length together."""
    order = shuffle.permutation(len(lessons))
    bucket = recipe("optimizer")["bucket"] * size
    chunks: list[list[int]] = []
    for start in range(0, len(order), bucket):
        near = sorted(order[start : start + bucket], key=lambda i: (len(lessons[i].encoded.ids), i))
        chunks += [near[i : i + size] for i in range(0, len(near), size)]
    for chunk in shuffle.permutation(len(chunks)):
        yield [lessons[i] for i in chunks[chunk]]


def _loss(model: SpanClassifier, chosen: Sequence[Lesson], role_weight: float) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        outcomes, roles = model(batch_of([lesson.encoded for lesson in chosen]))
    wanted = np.concatenate([lesson.outcomes for lesson in chosen])
    loss = _cross_entropy(outcomes, wanted)
    return loss + role_weight * _cross_entropy(roles, np.concatenate([lesson.roles for lesson in chosen]))


def _cross_entropy(logits: Tensor, wanted: _Array) -> Tensor:
    """Mean cross-entropy over the rows that teach."""
    target = torch.from_numpy(wanted.astype(np.float32))
    return -(target * logits.log_softmax(-1)).sum() / target.sum().clamp_min(1.0)


@torch.no_grad()
def probabilities(model: SpanClassifier, text: Encoded) -> tuple[_Array, _Array]:
    """What a model says of the groups of one text.

    Returns:
        The probabilities of outcomes, groups x outcomes, and of roles, groups x roles; each row sums to one.
    """
    model.eval()
    with torch.autocast("cpu", torch.bfloat16):
        outcome, role = model(batch_of([text]))
    return outcome.softmax(-1).numpy(), role.softmax(-1).numpy()
