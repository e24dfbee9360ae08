"""Chroma as the vector index: embedded in a folder with one owner, or a server by URL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from copilot.errors import BadInput, IndexUnusable
from copilot.index.exact import EMPTY_MARKER
from copilot.index.rows import changed_marker, marker_of, row_mark
from copilot.index.seal import Stamp, check_seal, stamp, write_seal
from copilot.thresholds import INDEX

if TYPE_CHECKING:
    from copilot.ports import Vectors

_MARK = "row_mark"
_MARKER = "marker"


@contextmanager
def _trouble() -> Iterator[None]:
    """Whatever Chroma raises means the same to us; Rust panics are not even Exceptions."""
    try:
        yield
    except (IndexUnusable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise IndexUnusable(f"The vector index failed ({type(error).__name__}).") from error


class _Home(Protocol):
    """Where collections live: a folder that we own, or somebody's server."""

    def current(self) -> tuple[Any, str]:
        """The collection in use and its marker. Raises IndexUnusable."""

    def begin(self) -> Any:
        """A fresh empty collection that nobody sees yet."""

    def adopt(self, fresh: Any, marker: str) -> None:
        """Make it the one in use and throw the others away."""

    def changed(self, collection: Any, marker: str) -> None:
        """The collection in use was written to."""

    def close(self) -> None: ...


class ChromaIndex:
    """copilot.ports.VectorIndex; ids, vectors and filter fields only, never a text.

    Raises IndexUnusable for anything wrong with the index; `GuardedIndex` answers and heals then.
    """

    def __init__(self, folder: Path | None = None, url: str | None = None, name: str = "passages") -> None:
        if (folder is None) == (url is None):
            raise BadInput("A Chroma index needs a folder or a URL, and not both.")
        self._home: _Home = _Server(url, name) if url is not None else _Folder(Path(folder or "."), name)
        self._lock = RLock()

    def marker(self) -> str:
        """What the index believes to hold, see rows.marker_of; checks that nobody else changed it."""
        with self._lock, _trouble():
            return self._home.current()[1]

    def upsert(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        with self._lock, _trouble():
            collection, marker = self._home.current()
            gone = _marks(collection, ids)
            come = _write(collection, ids, vectors, fields)
            self._home.changed(collection, changed_marker(marker, gone, come))

    def delete(self, ids: Sequence[str]) -> None:
        with self._lock, _trouble():
            collection, marker = self._home.current()
            gone = _marks(collection, ids)
            for start in range(0, len(ids), INDEX.batch):
                collection.delete(ids=list(ids[start : start + INDEX.batch]))
            self._home.changed(collection, changed_marker(marker, gone, ()))

    def search(
        self, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        return self.search_many(vector[None, :], k, where)[0]

    def search_many(
        self, vectors: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """One answer a row of `vectors`, shape (n, dimensions); cosine, best first."""
        with self._lock, _trouble():
            collection, marker = self._home.current()
            if marker == EMPTY_MARKER:
                return [[] for _ in vectors]
            found = collection.query(
                query_embeddings=vectors, n_results=k, where=_where(where), include=["distances"]
            )
            pairs = zip(found["ids"], found["distances"], strict=True)
            return [[(i, 1.0 - float(d)) for i, d in zip(*each, strict=True)] for each in pairs]

    def rebuild(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        """Write a fresh collection beside the old one, then swap; the old one's files are deleted."""
        with self._lock, _trouble():
            fresh = self._home.begin()
            self._home.adopt(fresh, marker_of(_write(fresh, ids, vectors, fields)))

    def close(self) -> None:
        """Let another process own the index."""
        with self._lock, _trouble():
            self._home.close()


def _write(
    collection: Any, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]
) -> list[int]:
    """Upsert in batches; the marks of the rows written."""
    import numpy as np

    rows = dict(zip(ids, zip(np.asarray(vectors, dtype=np.float32), fields, strict=True), strict=True))
    marks = {id: row_mark(id, vector) for id, (vector, _) in rows.items()}
    names = list(rows)
    for start in range(0, len(names), INDEX.batch):
        part = names[start : start + INDEX.batch]
        collection.upsert(
            ids=part,
            embeddings=np.stack([rows[id][0] for id in part]),
            metadatas=[{**rows[id][1], _MARK: f"{marks[id]:016x}"} for id in part],
        )
    return list(marks.values())


def _marks(collection: Any, ids: Sequence[str]) -> list[int]:
    """Marks of those of the ids that are in the collection."""
    out: list[int] = []
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), INDEX.batch):
        found = collection.get(ids=wanted[start : start + INDEX.batch], include=["metadatas"])
        out.extend(int(str(fields[_MARK]), 16) for fields in found["metadatas"])
    return out


def _where(where: Mapping[str, str] | None) -> dict[str, Any] | None:
    if not where:
        return None
    terms: list[dict[str, Any]] = [{key: value} for key, value in where.items()]
    return terms[0] if len(terms) == 1 else {"$and": terms}


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _create(client: Any, name: str) -> Any:
    return client.create_collection(
        name,
        # None, or Chroma attaches an embedder that downloads a model.
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_search": INDEX.ef_search}},
    )


class _Folder:
    """Generations in numbered subfolders; the highest sealed one is in use.

    Two processes on one folder damage it silently, hence the lock file beside it.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from filelock import FileLock

        self._folder = folder
        self._name = name
        self._lock = FileLock(folder.parent / f".{folder.name}.lock", timeout=0, thread_local=False)
        self._client: Any = None
        self._open: tuple[Path, Any, str, Stamp] | None = None
        self._fresh: tuple[Path, Any] | None = None

    def current(self) -> tuple[Any, str]:
        self._own()
        if self._open is None:
            self._open = self._load()
        path, collection, marker, seen = self._open
        if stamp(path) != seen:
            self._open = None
            raise IndexUnusable("The vector index was changed or deleted by somebody else.")
        return collection, marker

    def _load(self) -> tuple[Path, Any, str, Stamp]:
        import chromadb

        sealed = [p for p in self._generations() if (p / "seal.json").is_file()]
        if not sealed:
            raise IndexUnusable("There is no vector index yet.")
        path = sealed[-1]
        marker = check_seal(path)
        client = chromadb.PersistentClient(str(path), settings=_settings())
        collection = client.get_collection(self._name, embedding_function=None)
        self._drop_client()
        self._client = client
        _touch(collection)
        return path, collection, marker, stamp(path)

    def begin(self) -> Any:
        import chromadb

        self._own()
        numbers = [int(p.name[4:10]) for p in self._generations()]
        # Never the path of a deleted generation: Chroma keeps a path's client for the process's life.
        path = self._folder / f"gen-{max(numbers, default=0) + 1:06d}-{uuid4().hex[:8]}"
        path.mkdir(parents=True)
        client = chromadb.PersistentClient(str(path), settings=_settings())
        self._fresh = (path, client)
        return _create(client, self._name)

    def adopt(self, fresh: Any, marker: str) -> None:
        assert self._fresh is not None  # noqa: S101 (begin() comes first)
        path, client = self._fresh
        write_seal(path, marker)
        self._drop_client()
        self._client, self._fresh = client, None
        self._open = (path, fresh, marker, stamp(path))
        for old in self._generations():
            if old != path:
                shutil.rmtree(old, ignore_errors=True)

    def changed(self, collection: Any, marker: str) -> None:
        assert self._open is not None  # noqa: S101 (current() comes first)
        path = self._open[0]
        write_seal(path, marker)
        self._open = (path, collection, marker, stamp(path))

    def close(self) -> None:
        self._drop_client()
        self._open = None
        self._lock.release()

    def _generations(self) -> list[Path]:
        return sorted(p for p in self._folder.glob("gen-*") if p.is_dir() and p.name[4:10].isdigit())

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _own(self) -> None:
        from filelock import Timeout

        self._folder.parent.mkdir(parents=True, exist_ok=True)
        if not self._lock.is_locked:
            try:
                self._lock.acquire()
            except Timeout as error:
                raise IndexUnusable("The vector index is in use by another process.") from error


def _touch(collection: Any) -> None:
    """One query: Chroma opens its segment files only then, for writing, and so changes their times."""
    known = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if len(known):
        collection.query(query_embeddings=known, n_results=1, include=[])


class _Server:
    """A Chroma server. The newest collection that carries a marker is in use."""

    def __init__(self, url: str, name: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadInput(f"Not a Chroma URL: {url!r}.", "Give one like http://localhost:8000.")
        self._at = parts
        self._name = name
        self._client: Any = None

    def current(self) -> tuple[Any, str]:
        finished = [c for c in self._collections() if (c.metadata or {}).get(_MARKER)]
        if not finished:
            raise IndexUnusable("There is no vector index on the Chroma server yet.")
        return finished[-1], str(finished[-1].metadata[_MARKER])

    def begin(self) -> Any:
        numbers = [int(c.name.rsplit("-", 1)[1]) for c in self._collections()]
        return _create(self._connected(), f"{self._name}-{max(numbers, default=0) + 1:06d}")

    def adopt(self, fresh: Any, marker: str) -> None:
        fresh.modify(metadata={_MARKER: marker})
        for old in self._collections():
            if old.name < fresh.name:
                self._connected().delete_collection(old.name)

    def changed(self, collection: Any, marker: str) -> None:
        collection.modify(metadata={_MARKER: marker})

    def close(self) -> None:
        self._client = None

    def _connected(self) -> Any:
        if self._client is None:
            import chromadb

            secure = self._at.scheme == "https"
            self._client = chromadb.HttpClient(
                host=str(self._at.hostname),
                port=self._at.port or (443 if secure else 80),
                ssl=secure,
                settings=_settings(),
            )
        return self._client

    def _collections(self) -> list[Any]:
        names = (c.name for c in self._connected().list_collections())
        mine = sorted(n for n in names if n.startswith(f"{self._name}-") and n.rsplit("-", 1)[1].isdigit())
        return [self._connected().get_collection(n, embedding_function=None) for n in mine]
