"""Slices of four seed papers, annotated by hand."""

from __future__ import annotations

from kg.evaluate.gold import GoldConcept, GoldPaper
from kg.evaluate.predictions import Prediction
from kg.evaluate.roles import GoldRole
from kg.records import Kind, Location, Paper


def paper(identifier: str, title: str, abstract: str) -> Paper:
    """A paper of which nothing but the text matters."""
    return Paper(identifier, title, (), abstract, 2021, "iclr", None, None, Location("iclr-2021.md", 1))


def asked(
    kind: str, *surfaces: str, role: str | None = None, salient: bool = True, label: str = ""
) -> GoldConcept:
    """An annotated concept; its first surface is its label where none is given."""
    return GoldConcept(
        Kind(kind), label or surfaces[0], surfaces, (), GoldRole(role) if role else None, salient
    )


def said(label: str, confidence: float | None) -> Prediction:
    """A predicted method."""
    return Prediction(Kind.METHOD, label, (label,), None, confidence)


DETR = GoldPaper(
    paper(
        "iclr-2021-0036",
        "Deformable DETR: Deformable Transformers for End-to-End Object Detection",
        "DETR has been recently proposed to eliminate the need for many hand-designed components in object "
        "detection while demonstrating good performance. However, it suffers from slow convergence and limited "
        "feature spatial resolution, due to the limitation of Transformer attention modules in processing image "
        "feature maps. To mitigate these issues, we proposed Deformable DETR, whose attention modules only attend "
        "to a small set of key sampling points around a reference. Extensive experiments on the COCO benchmark "
        "demonstrate the effectiveness of our approach.",
    ),
    (
        asked("topic", "object detection"),
        asked("method", "Deformable DETR", role="introduces"),
        asked("method", "DETR", role="compares"),
        asked("method", "attention modules", role="uses"),
        asked("dataset", "COCO", role="uses"),
        asked("topic", "slow convergence", salient=False),
    ),
)
DIFFWAVE = GoldPaper(
    paper(
        "iclr-2021-0030",
        "DiffWave: A Versatile Diffusion Model for Audio Synthesis",
        "In this work, we propose DiffWave, a versatile diffusion probabilistic model for conditional and "
        "unconditional waveform generation. We demonstrate that DiffWave matches a strong WaveNet vocoder in terms "
        "of speech quality (MOS: 4.44 versus 4.43), while synthesizing orders of magnitude faster.",
    ),
    (
        asked("method", "DiffWave", role="introduces"),
        asked("method", "diffusion probabilistic model", role="uses"),
        asked("method", "WaveNet", role="mentions"),
        asked("topic", "audio synthesis"),
        asked("metric", "MOS"),
    ),
)
ACTOR_CRITIC = GoldPaper(
    paper(
        "iclr-2021-0000",
        "What Matters for On-Policy Deep Actor-Critic Methods? A Large-Scale Study",
        "In recent years, reinforcement learning (RL) has been successfully applied to many different continuous "
        "control tasks. While RL algorithms are often conceptually simple, their state-of-the-art implementations "
        "take numerous low- and high-level design decisions that strongly affect the performance of the resulting "
        "agents.",
    ),
    (
        asked("topic", "reinforcement learning", "RL"),
        asked("topic", "continuous control"),
    ),
)
SYMBOLIC = GoldPaper(
    paper(
        "iclr-2021-0003",
        "Deep symbolic regression: Recovering mathematical expressions from data via risk-seeking policy gradients",
        "Despite recent advances in training neural networks to solve complex tasks, deep learning approaches to "
        "symbolic regression are underexplored. Specifically, we use a recurrent neural network to emit a "
        "distribution over tractable mathematical expressions and employ a novel risk-seeking policy gradient to "
        "train the network to generate better-fitting expressions.",
    ),
    (
        asked("topic", "symbolic regression"),
        asked("method", "recurrent neural network", role="uses"),
        asked("method", "risk-seeking policy gradient", role="introduces"),
        asked("topic", "deep learning", salient=False),
    ),
)
GOLD = (DETR, DIFFWAVE, ACTOR_CRITIC, SYMBOLIC)
