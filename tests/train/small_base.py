"""A base of the encoder with random weights: the shape of the real one, a vocabulary of a few hundred pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import Tensor

from kg.train.network import LAYERS, PLACES, WIDTH

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def write(folder: Path, texts: Iterable[str]) -> None:
    """``model.safetensors`` and ``tokenizer.json``, the latter with the words of some texts as pieces."""
    tokenizer = _tokenizer(texts)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    save_file(_weights(tokenizer.get_vocab_size()), folder / "model.safetensors")


def _tokenizer(texts: Iterable[str]) -> Tokenizer:
    words = sorted({word for text in texts for word in re.findall(r"\w+|[^\w\s]", text.lower())})
    vocabulary = {piece: number for number, piece in enumerate([*_SPECIAL, *words])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def _weights(pieces: int) -> dict[str, Tensor]:
    """Every tensor that is read of a BERT, by the name that it has in the real base."""
    draw = torch.Generator().manual_seed(0)

    def table(*shape: int) -> Tensor:
        return 0.02 * torch.randn(*shape, generator=draw)

    weights = {
        "embeddings.word_embeddings.weight": table(pieces, WIDTH),
        "embeddings.position_embeddings.weight": table(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": table(2, WIDTH),
        "embeddings.LayerNorm.weight": torch.ones(WIDTH),
        "embeddings.LayerNorm.bias": torch.zeros(WIDTH),
    }
    for number in range(LAYERS):
        for part, (rows, columns) in _LINEAR.items():
            weights[f"encoder.layer.{number}.{part}.weight"] = table(rows, columns)
            weights[f"encoder.layer.{number}.{part}.bias"] = torch.zeros(rows)
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"encoder.layer.{number}.{part}.weight"] = torch.ones(WIDTH)
            weights[f"encoder.layer.{number}.{part}.bias"] = torch.zeros(WIDTH)
    return weights


_LINEAR = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (4 * WIDTH, WIDTH),
    "output.dense": (WIDTH, 4 * WIDTH),
}
