from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import main as frame
from kg.cli.main import COMMANDS, kg, run
from kg.errors import DataError, KgError, ResourceError, UsageError

START = "import sys; from kg.cli.main import main; sys.argv[0] = 'kg'; main()"


def one_line(text: str) -> str:
    assert text.startswith("kg: ")
    assert text.count("\n") == 1
    return text


def fails_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr(frame, "broken", broken, raising=False)
    monkeypatch.setitem(COMMANDS, "broken", ("kg.cli.main:broken", "Fail."))
    return run(["broken"])


def test_help_lists_the_commands_without_loading_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in COMMANDS)


def test_a_table_entry_says_what_its_command_says() -> None:
    with click.Context(kg) as context:
        for name in COMMANDS:
            command = kg.get_command(context, name)
            assert command is not None
            assert command.name == name


def test_without_a_command_there_is_help_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kg ")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Usage: kg ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["buld"], "did you mean 'build'?"),
        (["xyz"], "the commands are build"),
        (["--nope"], "no such option"),
        (["build", "--nope"], "(see 'kg build --help')"),
        (["build", "a.txt"], "missing option '-o'"),
        (["build", "-o", "g.ttl"], "missing argument 'input...'"),
    ],
)
def test_usage_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert message in one_line(capsys.readouterr().err).lower()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KgError("wrong"), 1),
        (DataError("wrong"), 1),
        (UsageError("wrong"), 2),
        (ResourceError("wrong"), 3),
        (OSError(28, "wrong"), 3),
        (KeyboardInterrupt(), 130),
    ],
)
def test_an_error_is_one_line_with_its_status(
    error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frame, "_silence_output", lambda: None)
    assert fails_with(error, monkeypatch) == status
    assert ("interrupted" if status == 130 else "wrong") in one_line(capsys.readouterr().err)


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        fails_with(ZeroDivisionError(), monkeypatch)


def test_a_command_that_is_missing_is_one_line_and_no_harm_to_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(COMMANDS, "later", ("kg.cli.later:later", "Comes later."))
    assert run(["--help"]) == 0
    assert "Comes later." in capsys.readouterr().out
    assert run(["later"]) == 2
    assert "'kg later'" in one_line(capsys.readouterr().err)


def test_a_reader_that_went_away_is_no_error_to_speak_of() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_to_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", START, "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 3
    line = one_line(done.stderr)
    assert line.startswith("kg: standard output: No space left")
    assert "free some space" in line
