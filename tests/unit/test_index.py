"""One suite over all vector indexes, and what a guarded one survives."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copilot.errors import BadInput, IndexUnusable
from copilot.index.chroma import ChromaIndex
from copilot.index.exact import ExactIndex
from copilot.index.guarded import GuardedIndex
from copilot.index.rows import Rows, changed_marker, marker_of, row_mark


def unit(rows: Any) -> Any:
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def vectors(count: int, seed: int = 0, dimensions: int = 32) -> Any:
    return unit(np.random.default_rng(seed).normal(size=(count, dimensions)))


class Table:
    """The rows as a database would hold them."""

    def __init__(self, count: int = 0) -> None:
        self.data: dict[str, tuple[Any, dict[str, str]]] = {}
        for i, vector in enumerate(vectors(count)):
            self.data[f"p{i:04d}"] = (vector, {"kind": "passage" if i % 2 else "advice"})

    def marker(self) -> str:
        return marker_of(row_mark(id, vector) for id, (vector, _) in self.data.items())

    def rows(self) -> Rows:
        held = list(self.data.values())
        shape = np.stack([v for v, _ in held]) if held else np.zeros((0, 32), dtype=np.float32)
        return Rows(list(self.data), shape, [f for _, f in held])

    def vectors(self, ids: Sequence[str]) -> Mapping[str, Any]:
        return {id: self.data[id][0] for id in ids if id in self.data}

    def sample(self, count: int) -> Sequence[str]:
        return list(self.data)[:: max(1, len(self.data) // max(1, count))][:count]


def brute(table: Table, query: Any, k: int, kind: str | None = None) -> list[str]:
    hits = [(-float(v @ query), id) for id, (v, f) in table.data.items() if kind in (None, f["kind"])]
    return [id for _, id in sorted(hits)[:k]]


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--path", str(tmp_path_factory.mktemp("chroma-server"))]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


@pytest.fixture(params=["exact", "chroma-folder", "chroma-server", "guarded"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "exact":
        yield ExactIndex()
    elif request.param == "chroma-server":
        name = "t" + str(abs(hash(tmp_path)))
        index = ChromaIndex(url=request.getfixturevalue("chroma_url"), name=name)
        index.rebuild([], vectors(0), [])
        yield index
    elif request.param == "chroma-folder":
        index = ChromaIndex(tmp_path / "index")
        index.rebuild([], vectors(0), [])
        yield index
        index.close()
    else:
        yield GuardedIndex(ChromaIndex(tmp_path / "index"), _Mirror())


class _Mirror(Table):
    """Gives a guarded index the same truth as the suite writes."""


def put(index: Any, rows: Rows) -> None:
    if isinstance(index, GuardedIndex):
        for id, vector, fields in zip(rows.ids, rows.vectors, rows.fields, strict=True):
            index._reference.data[id] = (vector, dict(fields))  # type: ignore[attr-defined]
    index.upsert(rows.ids, rows.vectors, rows.fields)


def take(index: Any, ids: Sequence[str]) -> None:
    if isinstance(index, GuardedIndex):
        for id in ids:
            index._reference.data.pop(id, None)  # type: ignore[attr-defined]
    index.delete(ids)


def test_finds_what_brute_force_finds(index: Any) -> None:
    table = Table(300)
    put(index, table.rows())
    for query in vectors(5, seed=9):
        hits = index.search(query, 10)
        assert [id for id, _ in hits] == brute(table, query, 10)
        for id, score in hits:
            assert score == pytest.approx(float(table.data[id][0] @ query), abs=1e-4)


def test_filters_by_field(index: Any) -> None:
    table = Table(100)
    put(index, table.rows())
    query = vectors(1, seed=4)[0]
    assert [i for i, _ in index.search(query, 7, {"kind": "advice"})] == brute(table, query, 7, "advice")
    assert index.search(query, 7, {"kind": "nothing"}) == []


def test_upsert_replaces_and_delete_removes(index: Any) -> None:
    table = Table(50)
    put(index, table.rows())
    moved = unit(vectors(1, seed=77))
    put(index, Rows(["p0003"], moved, [{"kind": "advice"}]))
    assert index.search(moved[0], 1)[0][0] == "p0003"
    take(index, ["p0003", "never-there"])
    assert "p0003" not in dict(index.search(moved[0], 50))
    assert len(index.search(moved[0], 50)) == 49


def test_an_empty_index_finds_nothing(index: Any) -> None:
    assert index.search(vectors(1)[0], 5) == []
    put(index, Rows([], vectors(0), []))
    take(index, [])
    assert index.search(vectors(1)[0], 5) == []


def test_rebuild_replaces_everything(index: Any) -> None:
    put(index, Table(20).rows())
    fresh = Rows(["x"], vectors(1, seed=5), [{"kind": "advice"}])
    if isinstance(index, GuardedIndex):
        index._reference.data.clear()  # type: ignore[attr-defined]
        index._reference.data["x"] = (fresh.vectors[0], {"kind": "advice"})  # type: ignore[attr-defined]
    index.rebuild(fresh.ids, fresh.vectors, fresh.fields)
    assert [id for id, _ in index.search(vectors(1)[0], 5)] == ["x"]


def test_more_rows_than_one_batch_and_repeated_ids(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "index")
    many = vectors(5_600, dimensions=8)
    ids = [f"r{i % 5_500}" for i in range(5_600)]
    index.rebuild(ids, many, [{"kind": "a"}] * 5_600)
    assert index.marker().startswith("5500-")
    assert index.search(many[5_599], 1)[0][0] == "r99"
    index.close()


def test_marker_is_the_same_in_any_order_and_follows_changes() -> None:
    marks = [row_mark(f"p{i}", v) for i, v in enumerate(vectors(9))]
    assert marker_of(marks) == marker_of(reversed(marks))
    assert changed_marker(marker_of(marks), marks[:4], ()) == marker_of(marks[4:])
    assert changed_marker(marker_of(marks[4:]), (), marks[:4]) == marker_of(marks)
    assert marker_of(marks) != marker_of(marks[1:])


def test_nothing_but_ids_and_filter_fields_is_written(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "index")
    index.rebuild(["p1"], vectors(1), [{"kind": "passage"}])
    stored = b"".join(p.read_bytes() for p in (tmp_path / "index").rglob("*") if p.is_file())
    assert b"p1" in stored
    assert b"chroma:document" not in stored
    index.close()


def test_one_owner_a_folder(tmp_path: Path) -> None:
    first = ChromaIndex(tmp_path / "index")
    first.rebuild(["p1"], vectors(1), [{"kind": "passage"}])
    second = ChromaIndex(tmp_path / "index")
    with pytest.raises(IndexUnusable, match="another process"):
        second.search(vectors(1)[0], 1)
    first.close()
    assert second.search(vectors(1)[0], 1)[0][0] == "p1"
    second.close()


def test_folder_or_url(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        ChromaIndex()
    with pytest.raises(BadInput, match="Not a Chroma URL"):
        ChromaIndex(url="localhost:8000")


def test_server_that_is_not_there_is_unusable() -> None:
    with pytest.raises(IndexUnusable):
        ChromaIndex(url="http://127.0.0.1:9").search(vectors(1)[0], 1)


def _generation(folder: Path) -> Path:
    return next(iter(sorted(folder.glob("gen-*"))))


def _no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def _no_segment(folder: Path) -> None:
    for path in _generation(folder).iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _flip(pattern: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = next(iter(_generation(folder).rglob(pattern)))
        data = bytearray(path.read_bytes())
        for at in range(len(data) // 3, len(data), max(1, len(data) // 50)):
            data[at] ^= 0xFF
        path.write_bytes(bytes(data))
        os.utime(path, ns=(0, 0))

    return damage


def _no_seal(folder: Path) -> None:
    (_generation(folder) / "seal.json").unlink()


def _truncated_seal(folder: Path) -> None:
    (_generation(folder) / "seal.json").write_text('{"marker": "3')


DAMAGES = {
    "folder deleted": _no_folder,
    "segment deleted": _no_segment,
    "database flipped": _flip("chroma.sqlite3"),
    "vectors flipped": _flip("data_level0.bin"),
    "header flipped": _flip("header.bin"),
    "names flipped": _flip("index_metadata.pickle"),
}
SEALS = {"no seal": _no_seal, "torn seal": _truncated_seal}


@pytest.mark.parametrize("running", [True, False], ids=["while running", "while stopped"])
@pytest.mark.parametrize("damage", sorted(DAMAGES | SEALS))
def test_damage_is_noticed_answered_exactly_and_healed(tmp_path: Path, damage: str, running: bool) -> None:
    if running and damage in SEALS:
        pytest.skip("the seal is read at opening only")
    folder, table = tmp_path / "index", Table(1_200)
    cache = ChromaIndex(folder)
    guarded = GuardedIndex(cache, table)
    guarded.reindex()
    query = vectors(1, seed=3)[0]
    want = brute(table, query, 10)
    assert [i for i, _ in guarded.search(query, 10)] == want
    assert guarded.take_notice() is None
    if not running:
        cache.close()
        cache = ChromaIndex(folder)
        guarded = GuardedIndex(cache, table)
    (DAMAGES | SEALS)[damage](folder)
    assert [i for i, _ in guarded.search(query, 10)] == want
    notice = guarded.take_notice()
    assert notice is not None
    assert "exactly" in notice
    assert [i for i, _ in guarded.search(query, 10)] == want
    assert guarded.take_notice() is None, "healed by the first search"
    assert cache.search(query, 1)[0][0] == want[0]
    assert len(list(folder.glob("gen-*"))) == 1, "the damaged generation is gone"
    cache.close()


@pytest.mark.parametrize("count", [1, 40, 150, 1_200])
def test_an_index_opened_again_is_trusted_from_the_first_search(tmp_path: Path, count: int) -> None:
    table = Table(count)
    cache = ChromaIndex(tmp_path / "index")
    GuardedIndex(cache, table).reindex()
    cache.close()
    guarded = GuardedIndex(ChromaIndex(tmp_path / "index"), table)
    for seed in (3, 4):
        query = vectors(1, seed=seed)[0]
        assert [i for i, _ in guarded.search(query, 5)] == brute(table, query, 5)
        assert guarded.take_notice() is None


def test_a_stale_index_is_not_believed(tmp_path: Path) -> None:
    table = Table(100)
    guarded = GuardedIndex(ChromaIndex(tmp_path / "index"), table)
    guarded.reindex()
    query = vectors(1, seed=3)[0]
    table.data["new"] = (query, {"kind": "passage"})
    gone = brute(table, query, 2)[1]
    del table.data[gone]
    assert guarded.search(query, 3)[0][0] == "new"
    assert "behind" in (guarded.take_notice() or "")
    assert [i for i, _ in guarded.search(query, 3)] == brute(table, query, 3)
    assert guarded.take_notice() is None


def test_lost_rows_behind_a_good_marker_are_noticed(chroma_url: str) -> None:
    table = Table(60)
    cache = ChromaIndex(url=chroma_url, name="lossy")
    guarded = GuardedIndex(cache, table)
    guarded.reindex()
    collection = cache._home.current()[0]
    collection.delete(ids=list(table.data)[:50])
    query = vectors(1, seed=3)[0]
    assert [i for i, _ in guarded.search(query, 20)] == brute(table, query, 20)
    assert guarded.take_notice() is not None
    assert [i for i, _ in guarded.search(query, 20)] == brute(table, query, 20)
    assert guarded.take_notice() is None


def test_a_large_index_heals_in_the_background(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from copilot.index import guarded as module

    monkeypatch.setattr(module, "INDEX", replace(module.INDEX, heal_inline_rows=10))
    table = Table(200)
    guarded = GuardedIndex(ChromaIndex(tmp_path / "index"), table)
    query = vectors(1, seed=3)[0]
    want = brute(table, query, 5)
    deadline = time.monotonic() + 30
    notices = 0
    while time.monotonic() < deadline:
        assert [i for i, _ in guarded.search(query, 5)] == want
        if guarded.take_notice() is None:
            break
        notices += 1
        time.sleep(0.05)
    assert notices >= 1
    assert guarded.take_notice() is None


def test_many_twins_do_not_look_like_damage(tmp_path: Path) -> None:
    table = Table()
    twin = vectors(1)[0]
    for i in range(40):
        table.data[f"twin{i:02d}"] = (twin, {"kind": "passage"})
    guarded = GuardedIndex(ChromaIndex(tmp_path / "index"), table)
    guarded.reindex()
    assert len(guarded.search(twin, 5)) == 5
    assert guarded.take_notice() is None
