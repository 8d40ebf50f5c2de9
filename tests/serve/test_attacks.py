"""What strangers try on a real server: it refuses or gives up in time, and a page is answered meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.conftest import SECONDS, Running

PAGE = "/id/author/ada-lovelace"
ANSWERED = {200, 400, 413, 503, 504, 507}  # whole, or refused with a line
MOST_WAIT = 1.0  # seconds that a page may take, whatever else goes on in the server
EVERYTHING = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
STEP = "(!<x:x>|^!<x:x>)*"
HEAVY = {
    "cross product": f"SELECT * {{ {EVERYTHING} }}",
    "counted cross product": f"SELECT (COUNT(*) AS ?all) {{ {EVERYTHING} }}",
    "sorted cross product": f"SELECT * {{ {EVERYTHING} }} ORDER BY ?a ?f ?o",
    "distinct cross product": f"SELECT DISTINCT * {{ {EVERYTHING} }}",
    "constructed cross product": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {EVERYTHING} }}",
    "explosion of paths": f"SELECT (COUNT(*) AS ?n) {{ ?a {STEP} ?b . ?b {STEP} ?c . ?c {STEP} ?d . ?d {STEP} ?e }}",
    "text that grows": 'SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l)))) AS ?n) { '
    + EVERYTHING
    + " }",
    "backtracking": f'SELECT * {{ ?s ?p ?o FILTER REGEX("{"a" * 5_000}!", "^(a+)+$") }}',
    "a large pattern": 'SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), "((((a{1,99}){1,99}){1,99}){1,99})") }',
    "deep brackets": "SELECT * { FILTER(" + "(" * 3_000 + "1" + ")" * 3_000 + ") }",
    "deep groups": "SELECT * " + "{" * 1_900 + "}" * 1_900,
    "a long union": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 600) + " }",
}  # fmt: skip


@contextlib.contextmanager
def pages_meanwhile(server: Running) -> Iterator[None]:
    """Fetch a page again and again while the block runs; each must come in time."""
    slowest, faults = [0.0], []
    over = threading.Event()

    def fetch() -> None:
        with httpx.Client(timeout=20) as client:
            while not over.is_set():
                began = time.perf_counter()
                answer = client.get(server.address + PAGE, headers={"accept": "text/html"})
                slowest[0] = max(slowest[0], time.perf_counter() - began)
                if answer.status_code != 200:
                    faults.append(answer.status_code)
                over.wait(0.05)

    thread = threading.Thread(target=fetch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert not faults, f"pages were refused meanwhile: {faults}"
    crowd = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # what else goes on in the machine
    assert slowest[0] < MOST_WAIT * crowd, f"a page took {slowest[0]:.2f} s"


@pytest.fixture(scope="module", autouse=True)
def _still_well(server: Running) -> Iterator[None]:
    """After all attacks the server answers as before."""
    yield
    assert server.process.poll() is None
    assert server.ask("ASK { ?s a kg:Paper }").json()["boolean"] is True


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_query_ends_in_time_and_pages_go_on(server: Running, name: str) -> None:
    began = time.perf_counter()
    with pages_meanwhile(server), ThreadPoolExecutor(3) as pool:  # one more than there are workers
        posted = lambda _: server.post("/sparql", data={"query": HEAVY[name]})  # noqa: E731
        answers = list(pool.map(posted, range(3)))
    assert {answer.status_code for answer in answers} <= ANSWERED
    assert all(answer.status_code == 200 or answer.text.count("\n") == 1 for answer in answers)
    assert time.perf_counter() - began < 3 * SECONDS + 4


class Listener:
    """A server that nobody may call."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"

    def called(self) -> bool:
        try:
            self.socket.accept()[0].close()
        except TimeoutError:
            return False
        return True


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.socket.close()


OUTWARD = [
    "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <HERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\n<HERE>{ ?s ?p ?o } }",
    "SELECT * { # SERVICE\nSERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <HERE> { ?s ?p ?o } }",
    "PREFIX h: <HERE> SELECT * { SERVICE h: { ?s ?p ?o } }",
    "PREFIX h: <HERE> SELECT * { SERVICEh:a { ?s ?p ?o } }",
    "BASE <HERE> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <HERE> { ?s ?p ?o } } } }",
    "SELECT * { BIND(<HERE> AS ?v) SERVICE ?v { ?s ?p ?o } }",
    "SELECT * { BIND(<HERE> AS ?v) ?s ?p 1SERVICE?v { ?a ?b ?c } }",
    "SELECT * { FILTER(1<2)SERVICE<HERE>{?a ?b ?c}FILTER(3>2) }",
    "SELECT * { FILTER EXISTS { SERVICE <HERE> { ?s ?p ?o } } }",
    "SELECT * { VALUES ?v { <HERE> } OPTIONAL { SERVICE ?v { ?s ?p ?o } } }",
    "ASK { SERVICE <HERE> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <HERE> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * FROM <HERE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <HERE> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * \\u0046ROM<HERE>{ ?s ?p ?o }",
    "PREFIX h: <HERE> ASK FROM h:x { ?s ?p ?o }",
    "LOAD <HERE>",
    "LOAD SILENT <HERE> INTO GRAPH <x:x>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <HERE> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", OUTWARD)
def test_no_query_reaches_out(server: Running, listener: Listener, query: str) -> None:
    answer = server.ask(query.replace("HERE", listener.address))
    assert answer.status_code == 400
    assert not listener.called()


def test_no_graph_is_fetched_that_a_request_names(server: Running, listener: Listener) -> None:
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri"):
        answer = server.get("/sparql", params={"query": "ASK { ?s ?p ?o }", name: listener.address})
        assert answer.status_code in (400, 403)
    assert not listener.called()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <HERE> { ?s ?p ?o }",
        "SELECT * FROM NAMED <HERE> { GRAPH ?g { ?s ?p ?o } }",
        "CONSTRUCT FROM <HERE> WHERE { ?s ?p ?o }",
        "LOAD <HERE>",
        "SELECT * { GRAPH <HERE> { ?s ?p ?o } }",
        "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
        "DESCRIBE <HERE>",
    ],
)
def test_no_file_is_read(server: Running, tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:a> <x:b> 'a secret' .", encoding="utf-8")
    answer = server.ask(query.replace("HERE", secret.as_uri()), "*/*")
    assert "a secret" not in answer.text
    assert answer.status_code == 400 or "secret.ttl" not in answer.text


def raw(server: Running, request: bytes, seconds: float = 5) -> bytes:
    """All that the server says to some bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as sock:
        sock.sendall(request)
        said = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            while part := sock.recv(65_536):
                said += part
                if b"\r\n\r\n" in said and b"connection: close" not in request.lower():
                    break
        return said


def test_a_large_query_is_refused_before_it_is_read(server: Running) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/sparql-query\r\n"
    with pages_meanwhile(server):
        said = raw(server, f"{head}Content-Length: 100000000\r\n\r\nSELECT".encode())
    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_large_query_of_untold_length_is_not_read_to_its_end(server: Running) -> None:
    sent = [0]

    def parts() -> Iterator[bytes]:
        for _ in range(1_600):  # 100 MB
            sent[0] += 65_536
            yield b" " * 65_536

    with pages_meanwhile(server):
        try:
            headers = {"content-type": "application/sparql-query"}
            assert server.post("/sparql", content=parts(), headers=headers).status_code == 413
        except httpx.TransportError:
            pass  # the connection was closed while it was still being sent
    assert sent[0] < 50_000_000


def test_a_query_that_just_fits_the_body_is_measured_by_its_text(server: Running) -> None:
    assert server.post("/sparql", data={"query": "ASK{}" + " " * 400_000}).status_code == 413


def test_a_long_address_is_refused(server: Running) -> None:
    said = raw(server, b"GET /sparql?query=" + b"a" * 200_000)
    assert b" 200 " not in said.partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/..\\..\\world.py",
        "/static/../world.py",
        "/data/../graph.ttl",
        "/data/..%2f..%2fetc%2fpasswd",
        "/data/%2fetc%2fpasswd",
        "/data/graph.ttl%00",
        "/id/../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/id/author/%00",
        "/id/author/\\..\\x",
        "/id/author/%0d%0aset-cookie:%20a=b",
        "/id/author/x%0d%0a%0d%0a%3Cscript%3E",
        "/id/%F0%28%8C%28",
        "/query?question=%0d%0aset-cookie:%20a=b",
        "/explorer/../graph.ttl",
    ],
)
def test_no_path_leads_out_of_the_folder_and_none_into_the_headers(server: Running, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n"
    said = raw(server, request.encode())
    head, _, content = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 ") and b"HTTP/1.1 5" not in head, head
    assert b"set-cookie" not in head.lower()
    assert b"root:" not in content and b"class World" not in content and b"@prefix" not in content
    assert b"<script>" not in content


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost@evil", "a b", "", "[::1"],
)
def test_a_name_that_is_not_its_own_is_not_answered(server: Running, host: str) -> None:
    said = raw(server, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert said.split(b" ")[1] in (b"400", b"421")


def test_two_names_are_not_answered(server: Running) -> None:
    said = raw(
        server, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    )
    assert said.split(b" ")[1] == b"400"


def test_a_name_of_this_machine_is_answered(server: Running) -> None:
    assert httpx.get(f"http://localhost:{server.port}/sparql", timeout=20).status_code == 200


def test_five_hundred_connections_leave_room_for_a_page(server: Running) -> None:
    with contextlib.ExitStack() as stack:
        for number in range(500):
            sock = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            if number % 2:
                sock.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Len")
        with pages_meanwhile(server):
            time.sleep(1)


def test_five_hundred_clients_at_once_are_all_answered(server: Running) -> None:
    heavy = "query=" + HEAVY["counted cross product"].replace(" ", "+").replace("?", "%3F")
    request = f"GET /sparql?{heavy} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    with contextlib.ExitStack() as stack, pages_meanwhile(server):
        socks = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            for _ in range(500)
        ]
        for sock in socks:
            sock.sendall(request)
        statuses = {sock.recv(64).split(b" ")[1] for sock in socks}
    assert statuses <= {b"503", b"504"}, statuses


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")
def test_a_killed_worker_is_replaced(server: Running) -> None:
    workers = [worker for template in _children(server.process.pid) for worker in _children(template)]
    assert len(workers) >= 3
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(server.ask, HEAVY["counted cross product"])
        time.sleep(0.3)
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):  # one that was being replaced just then
                os.kill(worker, signal.SIGKILL)
        assert busy.result().status_code in (500, 507)
    with pages_meanwhile(server):
        for _ in range(4):
            assert server.ask("ASK { ?s a kg:Paper }").json()["boolean"] is True
