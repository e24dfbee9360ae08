"""The shipped embedder: its weights are checked, and both of its paths say the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from copilot.errors import DamagedWeights
from copilot.index.embedder import LocalEmbedder, check_weights, model_folder

TEXTS = [
    "how do i ask for a raise",
    "Always negotiate your first offer",
    "Quiero pasar de diseño a producto, ¿alguien que ya lo haya hecho?",
    "",
    "a " * 600,
    "!!! ??",
    "\U0001f642 emoji and 漢字",
]


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


def test_rows_are_unit_float32_in_the_order_asked(embedder: LocalEmbedder) -> None:
    rows = embedder.embed([*TEXTS, TEXTS[0]])
    assert rows.shape == (len(TEXTS) + 1, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows[0], rows[-1])
    single = LocalEmbedder().embed([TEXTS[1]])[0]
    assert np.allclose(single, rows[1], atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


def test_meaning_is_near(embedder: LocalEmbedder) -> None:
    query, near, far = embedder.embed(
        ["asking my boss for more money", "salary negotiation", "growing tomatoes on a balcony"]
    )
    assert query @ near > query @ far + 0.2


@pytest.mark.slow
def test_numpy_and_sentence_transformers_agree(embedder: LocalEmbedder) -> None:
    bulk = LocalEmbedder()
    bulk.warm()
    assert np.abs(bulk.embed(TEXTS) - embedder.embed(TEXTS)).max() < 1e-5


def test_threads_get_the_same_vectors(embedder: LocalEmbedder) -> None:
    fresh, got = LocalEmbedder(), []
    threads = [Thread(target=lambda: got.append(fresh.embed(TEXTS[:2]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    want = embedder.embed(TEXTS[:2])
    assert len(got) == 4
    assert all(np.allclose(rows, want, atol=1e-5) for rows in got)


@pytest.mark.parametrize("damage", ["flipped", "cut", "missing"])
def test_damaged_weights_are_refused(tmp_path: Path, damage: str) -> None:
    data = bytearray((model_folder() / "model.safetensors").read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
    if damage != "missing":
        (tmp_path / "model.safetensors").write_bytes(data[: 1000 if damage == "cut" else None])
    with pytest.raises(DamagedWeights):
        LocalEmbedder(tmp_path).embed(["x"])


def test_the_installed_weights_are_right() -> None:
    check_weights(model_folder())


def test_nothing_heavy_is_loaded_for_a_query() -> None:
    code = (
        "import sys; from copilot.index.embedder import LocalEmbedder\n"
        "assert 'numpy' not in sys.modules\n"
        "LocalEmbedder().embed(['one query'])\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'chromadb'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_memory_of_recent_texts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from copilot.index import embedder as module

    monkeypatch.setattr(module, "EMBEDDING", replace(module.EMBEDDING, remembered=3))
    fresh: Any = LocalEmbedder()
    fresh.embed([f"text {i}" for i in range(10)])
    assert len(fresh._recent) == 3
