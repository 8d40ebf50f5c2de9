"""Two papers of the seed corpus, annotated by hand, and short ways to write annotations and predictions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.evaluate.gold import GoldConcept, GoldPaper
from kg.evaluate.predictions import Prediction
from kg.evaluate.roles import GoldRole
from kg.records import Kind, Location, Paper

DETR_TITLE = "Deformable DETR: Deformable Transformers for End-to-End Object Detection"
DETR_ABSTRACT = (
    "DETR has been recently proposed to eliminate the need for many hand-designed components in object detection "
    "while demonstrating good performance. However, it suffers from slow convergence and limited feature spatial "
    "resolution, due to the limitation of Transformer attention modules in processing image feature maps. To "
    "mitigate these issues, we proposed Deformable DETR, whose attention modules only attend to a small set of key "
    "sampling points around a reference. Extensive experiments on the COCO benchmark demonstrate the effectiveness "
    "of our approach."
)
DIFFWAVE_TITLE = "DiffWave: A Versatile Diffusion Model for Audio Synthesis"
DIFFWAVE_ABSTRACT = (
    "In this work, we propose DiffWave, a versatile diffusion probabilistic model for conditional and "
    "unconditional waveform generation. We demonstrate that DiffWave matches a strong WaveNet vocoder in terms of "
    "speech quality (MOS: 4.44 versus 4.43), while synthesizing orders of magnitude faster."
)


def annotation(kind: str, *surfaces: str, **more: Any) -> dict[str, Any]:
    """An annotated concept as the file has it; its first surface is its label."""
    return {"type": kind, "label": surfaces[0], "surfaces": list(surfaces), "aliases": [], "role": None,
            "salient": True, **more}  # fmt: skip


DETR: dict[str, Any] = {
    "id": "iclr-2021-0036",
    "title": DETR_TITLE,
    "abstract": DETR_ABSTRACT,
    "concepts": [
        annotation("topic", "object detection", "Object Detection", "End-to-End Object Detection"),
        annotation("method", "Deformable DETR", role="introduces"),
        annotation("method", "DETR", role="compares", aliases=["detection transformer"]),
        annotation("method", "attention module", "attention modules", "Transformer attention modules", role="uses"),
        annotation("dataset", "COCO", role="uses"),
        annotation("topic", "slow convergence", salient=False),
    ],
    "relations": [
        ["usedFor", "Deformable DETR", "object detection"],
        ["basedOn", "Deformable DETR", "attention module"],
        ["comparedWith", "Deformable DETR", "DETR"],
        ["evaluatedOn", "Deformable DETR", "COCO"],
    ],
}  # fmt: skip
DIFFWAVE: dict[str, Any] = {
    "id": "iclr-2021-0030",
    "title": DIFFWAVE_TITLE,
    "abstract": DIFFWAVE_ABSTRACT,
    "concepts": [
        annotation("method", "DiffWave", role="introduces"),
        annotation("method", "diffusion probabilistic model", "Diffusion Model", role="uses"),
        annotation("method", "WaveNet", "WaveNet vocoder", role="compares"),
        annotation("topic", "audio synthesis", "Audio Synthesis"),
        annotation("topic", "waveform generation", salient=False),
        annotation("metric", "MOS", aliases=["mean opinion score"]),
    ],
    "relations": [["basedOn", "DiffWave", "diffusion probabilistic model"]],
}


def written(folder: Path, *records: object, name: str = "gold.jsonl") -> Path:
    """A JSON Lines file of these records."""
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def gold_paper(
    *concepts: GoldConcept, title: str = "A Title", abstract: str = "", identifier: str = "p"
) -> GoldPaper:
    """An annotated paper of which little but its concepts matters."""
    paper = Paper(identifier, title, (), abstract, None, None, None, None, Location("gold.jsonl", 1))
    return GoldPaper(paper, concepts)


def asked(
    kind: str, *surfaces: str, role: str | None = None, salient: bool = True, aliases: tuple[str, ...] = ()
) -> GoldConcept:
    """An annotated concept; its first surface is its label."""
    return GoldConcept(Kind(kind), surfaces[0], surfaces, aliases, GoldRole(role) if role else None, salient)


def said(kind: str, *surfaces: str, role: str | None = None, confidence: float | None = None) -> Prediction:
    """A predicted concept; its first surface is its label."""
    return Prediction(Kind(kind), surfaces[0], surfaces, GoldRole(role) if role else None, confidence)
