"""``kg serve`` as a person uses it: up, asked, stopped; and what it says when it cannot."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.journeys.command import kg
from tests.query.small import GRAPH
from tests.serve.conftest import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(GRAPH, encoding="utf-8")
    return tmp_path


def _fails(folder: Path, *options: str) -> str:
    """The one line of a server that does not come up."""
    ended = kg("serve", *options, folder=folder)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1 and "Traceback" not in ended.stderr
    return ended.stderr


def test_the_address_is_printed_and_answers_and_ctrl_c_ends_it_quietly(folder: Path) -> None:
    with serving(folder) as running:
        assert running.address.startswith("http://127.0.0.1:")
        assert running.ask("ASK { ?s a kg:Paper }").json()["boolean"] is True
        assert running.get("/data/graph.ttl").text == GRAPH
        assert running.get("/explorer").status_code == 404
        running.process.send_signal(signal.SIGINT)
        out, err = running.process.communicate(timeout=20)
    assert (running.process.returncode, out, err) == (0, "", "")


def test_stopped_in_the_midst_of_a_query_it_ends_quietly(folder: Path) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with serving(folder) as running, socket.create_connection(("127.0.0.1", running.port)) as sock:
        query = heavy.replace(" ", "+").replace("?", "%3F")
        sock.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        running.process.send_signal(signal.SIGINT)
        _, err = running.process.communicate(timeout=20)
    assert (running.process.returncode, err) == (0, "")


def test_a_file_of_a_graph_can_be_served(folder: Path) -> None:
    with serving(folder / "graph.ttl") as running:
        assert running.ask("ASK { ?s a kg:Paper }").json()["boolean"] is True


def test_where_a_rate_is_set_a_client_that_asks_more_is_told_to_wait(folder: Path) -> None:
    with serving(folder, "--rate", "3") as running:
        answers = [running.ask("ASK {}") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].text.startswith("more than 3 requests a minute; wait ")


def test_a_further_name_must_be_allowed(folder: Path) -> None:
    named = {"host": "kg.example.org"}
    with serving(folder) as running:
        assert running.get("/sparql", headers=named).status_code == 421
    with serving(folder, "--allow-host", "kg.example.org") as running:
        assert "http://kg.example.org/sparql" in running.get("/sparql", headers=named).text


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = _fails(folder, "-g", ".", "--port", port)
    assert f"port {port}" in line and "--port" in line


def test_a_host_that_is_not_this_machine_is_told(folder: Path) -> None:
    assert "cannot listen on 192.0.2.1" in _fails(folder, "-g", ".", "--host", "192.0.2.1", "--port", "0")


def test_no_graph_is_told_with_what_to_run(tmp_path: Path) -> None:
    assert "kg build" in _fails(tmp_path, "--port", "0")


def test_a_broken_graph_is_told(folder: Path) -> None:
    (folder / "graph.ttl").write_text(GRAPH[:-40], encoding="utf-8")
    assert "not valid Turtle" in _fails(folder, "-g", ".", "--port", "0")


def test_a_port_out_of_range_is_wrong_usage(folder: Path) -> None:
    assert kg("serve", "--port", "70000", folder=folder).returncode == 2


def test_the_help_has_an_example(folder: Path) -> None:
    assert "Example: kg serve" in " ".join(kg("serve", "--help", folder=folder).stdout.split())


def test_every_name_of_the_machine_is_loopback_s_own(folder: Path) -> None:
    with serving(folder, "--host", "localhost") as running:
        assert httpx.get(running.address + "/sparql", timeout=20).status_code == 200
