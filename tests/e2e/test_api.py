"""The HTTP API over the same use cases, in process and as a real server."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import httpx
import pytest
from fastapi.testclient import TestClient
from small_programme import SPOKEN, VTT, write_programme

from api.app import create_app
from copilot.bootstrap import Copilot, read_settings

TOKEN = "a-token-for-tests"


@pytest.fixture
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Copilot(read_settings(data=data)), TOKEN), base_url="http://localhost"
    ) as opened:
        opened.headers["Authorization"] = f"Bearer {TOKEN}"
        yield opened


def _problem(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert "\n" not in body["detail"]
    return str(body["detail"])


def test_health_needs_no_token_and_everything_else_does(client: TestClient) -> None:
    del client.headers["Authorization"]
    assert client.get("/health").json()["status"] == "ok"
    paths = client.get("/openapi.json").json()["paths"]
    guarded = [(path, verb) for path, verbs in paths.items() for verb in verbs if path != "/health"]
    assert len(guarded) >= 10
    for path, verb in guarded:
        assert client.request(verb, path.replace("{", "").replace("}", "")).status_code == 401, path
    client.headers["Authorization"] = "Bearer wrong"
    _problem(client.get("/api/v1/people"), 401)


def test_a_foreign_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 400


def test_match_coach_and_agenda(client: TestClient) -> None:
    found = client.post("/api/v1/matches", json={"text": "how do I ask for a raise", "mentee": "e1"}).json()
    assert found["matches"][0]["mentor"] == "m1"
    coached = client.post("/api/v1/coachings", json={"text": "get payed more"}).json()
    assert len(coached["questions"]) == 3
    plan = client.post("/api/v1/agendas", json={"goal": "a raise", "mentor": "m1", "minutes": 25}).json()
    assert sum(item["minutes"] for item in plan["items"]) == 25
    calendar = client.get("/api/v1/sessions/s1/agenda.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")


def test_upload_of_a_transcript(client: TestClient) -> None:
    answer = client.post(
        "/api/v1/recaps",
        files={"file": ("call.vtt", VTT.encode(), "text/vtt")},
        data={"started_at": "2026-03-02T15:00:00+01:00", "mentor": "Greta Holm", "mentee": "Mila Novak"},
    )
    assert answer.status_code == 200
    assert all(item["quote"] in SPOKEN for item in answer.json()["advice"])


def test_approve_scan_and_triage(client: TestClient) -> None:
    for session in ("s1", "s2"):
        recap = client.post(f"/api/v1/sessions/{session}/recap?approve=true").json()
        assert recap["status"] == "approved"
    found = client.post("/api/v1/conflicts/scan").json()["conflicts"]
    assert found
    path = f"/api/v1/conflicts/{found[0]['id']}/triage"
    body = {"state": "dismissed", "reason": "other bosses", "by": "coordinator"}
    assert client.post(path, json=body).json()["status"] == "dismissed"
    left = client.post("/api/v1/conflicts/scan").json()["conflicts"]
    assert found[0]["id"] not in [conflict["id"] for conflict in left]


def test_pairs(client: TestClient) -> None:
    body = {"pairs": [{"id": "1", "a": "Always name the first number.", "b": "Never name the first number."}]}
    assert client.post("/api/v1/conflicts/pairs", json=body).json()["results"][0]["id"] == "1"


def test_import_of_uploaded_files(client: TestClient, tmp_path: Path) -> None:
    folder = write_programme(tmp_path / "folder")
    files = [
        ("files", (file.relative_to(folder).as_posix(), file.read_bytes()))
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]
    report = client.post("/api/v1/imports", files=files).json()
    assert report["people"]["unchanged"] == 3
    for name in ("../mentors.json", "/etc/mentors.json", "a/b/c.json"):
        _problem(client.post("/api/v1/imports", files=[("files", (name, b"[]"))]), 422)


BAD = {
    "unknown field": ("matches", {"text": "a", "loud": True}, 422, "loud"),
    "no text": ("matches", {}, 422, "text"),
    "empty text": ("coachings", {"text": " "}, 422, "empty"),
    "unknown mentee": ("matches", {"text": "a raise", "mentee": "zz"}, 404, "zz"),
    "unknown session": ("agendas", {"session": "zz"}, 404, "zz"),
    "half an agenda": ("agendas", {"goal": "x"}, 422, "mentor"),
    "no pairs": ("conflicts/pairs", {"pairs": []}, 422, "pairs"),
    "unknown conflict": ("conflicts/zz/triage", {"state": "dismissed", "reason": "x", "by": "y"}, 404, "zz"),
    "nul": ("coachings", {"text": "a\0b"}, 422, ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_are_problem_details(client: TestClient, name: str) -> None:
    path, body, status, clue = BAD[name]
    assert clue in _problem(client.post(f"/api/v1/{path}", json=body), status)


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("call.vtt", b"", 422), ("call.mp3", b"x", 422), ("call.txt", b"Ana: word " * 600_000, 413)],
)
def test_bad_uploads(client: TestClient, name: str, content: bytes, status: int) -> None:
    _problem(client.post("/api/v1/recaps", files={"file": (name, content)}), status)


def test_a_body_without_end_is_cut_off(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * 1_000_000

    answer = client.post(
        "/api/v1/imports", content=endless(), headers={"Content-Type": "application/octet-stream"}
    )
    assert answer.status_code in (413, 422)


def test_bodies_that_are_not_what_the_route_takes(client: TestClient) -> None:
    def post(path: str, content: bytes, kind: str) -> httpx.Response:
        return client.post(f"/api/v1/{path}", content=content, headers={"Content-Type": kind})

    json_kind, form = "application/json", "application/x-www-form-urlencoded"
    assert "no JSON" in _problem(post("coachings", b"{bad", json_kind), 422)
    assert "application/json" in _problem(post("coachings", b"text=x", form), 422)
    assert "UTF-8" in _problem(post("coachings", b'{"text": "\xff"}', json_kind), 400)
    assert "64 MB" in _problem(post("coachings", b"x" * 64_000_001, json_kind), 413)
    assert "must be a file" in _problem(client.post("/api/v1/recaps", data={"file": "call.vtt"}), 422)


def test_each_notice_is_told_once(client: TestClient) -> None:
    notices = client.post("/api/v1/recaps", files={"file": ("call.vtt", VTT.encode())}).json()["notices"]
    assert any("worked out" in notice for notice in notices)
    assert len(notices) == len(set(notices))


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_real_server_answers_with_the_token_that_it_prints(data: Path) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "copilot", "serve", "--port", str(port), "--data", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            printed = re.search(r"Token for this run: (\S+)", server.stderr.readline())
            assert printed
            base = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    if httpx.get(f"{base}/health").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
            answer = httpx.get(f"{base}/api/v1/sessions", headers={"Authorization": f"Bearer {printed[1]}"})
            assert [session["id"] for session in answer.json()["sessions"]] == ["s1", "s2"]
        finally:
            server.terminate()
            assert server.wait(20) is not None
