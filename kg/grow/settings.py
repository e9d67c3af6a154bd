"""What a store's articles were read with: were it to change, old and new would not fit together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kg import resources
from kg.config import BuildOptions, program_version
from kg.errors import ResourceError, UsageError, reason
from kg.ontology import load_ontology

_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFile:
    """A file of the user's that articles are read with, and the SHA-256 (hex) of what is in it."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """All that decides what comes of an article, besides the article.

    `program` and `ontology` are versions, `data` the SHA-256 of the lexicon and the gazetteers that come
    along. `merge` is that of `kg.config.BuildOptions`. `model` is the pipeline that was asked for, None for
    the bundled one; `reader` the name and version of the one that read, None before the first article.
    """

    program: str
    ontology: str
    data: str
    base_iri: str
    keep_text: bool
    merge: bool = True
    model: str | None = None
    reader: str | None = None
    lexicon: UsedFile | None = None
    gazetteers: tuple[UsedFile, ...] = ()

    def options(self) -> BuildOptions:
        """The options of a build with these settings."""
        return BuildOptions(
            base_iri=self.base_iri,
            model=self.model,
            gazetteers=tuple(Path(each.path) for each in self.gazetteers),
            lexicon=Path(self.lexicon.path) if self.lexicon is not None else None,
            keep_text=self.keep_text,
            merge=self.merge,
        )

    def as_json(self) -> dict[str, Any]:
        """The settings as JSON has them."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ReadingSettings:
        """What `as_json` gave; names that this version does not know are passed over."""
        known = {each.name for each in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        kept["lexicon"] = UsedFile(**kept["lexicon"]) if kept.get("lexicon") else None
        kept["gazetteers"] = tuple(UsedFile(**each) for each in kept.get("gazetteers", ()))
        return cls(**kept)


def settings_of(options: BuildOptions) -> ReadingSettings:
    """The settings of a build with `options`. Raises `ResourceError` where a file of them cannot be read."""
    return ReadingSettings(
        program=program_version(),
        ontology=load_ontology().version,
        data=_shipped(),
        base_iri=options.base_iri,
        keep_text=options.keep_text,
        merge=options.merge,
        model=options.model,
        lexicon=_used(options.lexicon) if options.lexicon else None,
        gazetteers=tuple(map(_used, options.gazetteers)),
    )


def is_current(held: ReadingSettings) -> bool:
    """Whether this version of the program would read articles as `held` says."""
    current = (program_version(), load_ontology().version, _shipped())
    return (held.program, held.ontology, held.data) == current


def check_settings(folder: Path, held: ReadingSettings, wanted: ReadingSettings) -> None:
    """Raises `UsageError`, with the remedy, where `wanted` is not what the store in `folder` holds."""
    if not is_current(held):
        by = f"newskg {held.program} with ontology {held.ontology}"
        if (held.program, held.ontology) == (wanted.program, wanted.ontology):
            by += " and another lexicon or other gazetteers"
        raise UsageError(
            f"{folder}: was built by {by}: read all its articles anew with: "
            f"kg build INPUT... -o '{folder}' --rebuild"
        )
    differences = [
        *_differ("--base-iri", held.base_iri, wanted.base_iri),
        *_differ("--model", held.model, wanted.model),
        *_differ("--text", held.keep_text, wanted.keep_text),
        *_differ("--no-merge", not held.merge, not wanted.merge),
        *_differ("--lexicon", _files(held.lexicon), _files(wanted.lexicon)),
        *_differ("--gazetteer", _files(*held.gazetteers), _files(*wanted.gazetteers)),
    ]
    if differences:
        raise UsageError(
            f"{folder}: was built {' and '.join(differences)}: do the same, "
            "or read all its articles anew with --rebuild"
        )


def check_reader(folder: Path, held: str | None, reader: str) -> None:
    """Raises `UsageError` where the pipeline `reader` is another than the one that read the articles."""
    if held is not None and held != reader:
        raise UsageError(
            f"{folder}: was read by the pipeline {held}, and {reader} is installed: install that one, "
            "or read all its articles anew with --rebuild"
        )


def _differ(option: str, held: object, wanted: object) -> list[str]:
    if held == wanted:
        return []
    if held in (None, False, ()):
        return [f"without {option}"]
    if held is True:
        return [f"with {option}"]
    if isinstance(held, tuple):
        return [f"with {option} " + ", ".join(f"{name} ({digest[:_SHOWN]}…)" for digest, name in held)]
    return [f"with {option} {held}"]


class _Named(tuple[str, str]):
    """Digest and path of a file; the path does not count."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and self[0] == other[0]

    def __hash__(self) -> int:
        return hash(self[0])


def _files(*used: UsedFile | None) -> tuple[_Named, ...]:
    return tuple(_Named((each.sha256, each.path)) for each in used if each is not None)


def _used(path: Path) -> UsedFile:
    try:
        return UsedFile(path=str(path.resolve()), sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from None


def _shipped() -> str:
    """The hash of the lexicon and the gazetteers that come along."""
    digest = hashlib.sha256()
    lexicon, tables = resources.ontology_dir() / "lexicon", resources.gazetteer_dir()
    for path in (*sorted(lexicon.iterdir()), *sorted(tables.glob("*.csv"))):
        if path.is_file() and path.suffix != ".md":
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
