"""Triple stores started for the tests, on loopback, in a temporary folder; they die with the tests."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.store.remote_credentials import Credentials

FUSEKI = "jena-fuseki-server-5.6.0.jar"
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(slots=True, kw_only=True)
class Server:
    """A server: how to start it, the URL that a user would give, one that answers when it is up, and who
    may write."""

    name: str
    command: Sequence[str]
    folder: Path
    url: str
    alive: str
    credentials: Credentials = field(default_factory=Credentials)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=_die_with_parent() if sys.platform == "linux" else None,  # noqa: PLW1509
            )
        until = time.monotonic() + _START_SECONDS
        while not _answers(self.alive):
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
                self.stop()
                raise RuntimeError(f"{self.name} did not start: {said}")
            time.sleep(0.1)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it is gone."""
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        """End it, and start it on the same data."""
        self.stop()
        self.start()


def oxigraph(folder: Path) -> Server | str:
    """Oxigraph server, or why it cannot be had."""
    found = shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    if found is None:
        return "no oxigraph: pip install oxigraph"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = (found, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}")
    return Server(
        name="oxigraph", command=command, folder=folder, url=url, alive=f"{url}/query?query=ASK%20%7B%7D"
    )


def fuseki(folder: Path) -> Server | str:
    """Apache Jena Fuseki on TDB2, or why it cannot be had."""
    java = shutil.which("java")
    if java is None:
        return "no java: apt-get install openjdk-17-jre-headless"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    jar = cache / "newskg" / "servers" / FUSEKI
    if not jar.is_file():
        return f"no {jar}: .ci/run fetches it"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (folder / "data").mkdir()
    options = (
        "--tdb2",
        "--loc",
        str(folder / "data"),
        "--update",
        "--port",
        str(port),
        "--localhost",
        "/news",
    )
    command = (java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), *options)
    return Server(
        name="fuseki", command=command, folder=folder, url=url, alive=f"{url}/news?query=ASK%20%7B%7D"
    )


def virtuoso(folder: Path) -> Server | str:
    """Virtuoso 7, or why it cannot be had."""
    found = shutil.which("virtuoso-t")
    if found is None:
        return "no virtuoso-t: apt-get install virtuoso-opensource-7-bin"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, port=port, sql=free_port()))
    return Server(
        name="virtuoso",
        command=(found, "+configfile", str(folder / "virtuoso.ini"), "+foreground"),
        folder=folder,
        url=url,
        alive=f"{url}/sparql?query=ASK%20%7B%7D",
        credentials=Credentials(user="dba", password="dba"),
    )


SERVERS: dict[str, Callable[[Path], Server | str]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(url, timeout=5) as response:
        return bool(response.status == 200)
    return False


def _die_with_parent() -> Callable[[], object]:
    """What a child runs so that Linux ends it when the tests end, however they do."""
    prctl, wanted = ctypes.CDLL(None).prctl, int(signal.SIGKILL)
    return lambda: prctl(1, wanted)
