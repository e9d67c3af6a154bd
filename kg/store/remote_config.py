"""Endpoints by name: a small TOML file, in which secrets are only pointed at.

    [endpoints.office]
    url = "https://graphs.example.org/news"           # the server's root, a dataset's URL or its query URL
    graph-store = "https://graphs.example.org/gsp"    # only where it cannot be found from url; so too update
    auth = "digest"                                   # basic, digest or bearer; else as the server asks
    user-env = "OFFICE_USER"                          # names of variables of the environment; if not given,
    password-env = "OFFICE_PASSWORD"                  # KG_ENDPOINT_USER and so on
    token-env = "OFFICE_TOKEN"

It is looked for in ``~/.config/newskg/endpoints.toml`` (or below ``$XDG_CONFIG_HOME``), then in
``newskg.toml`` in the working folder.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import ResourceError, UsageError, reason
from kg.store import remote_credentials
from kg.store.remote_credentials import PASSWORD, TOKEN, USER, Credentials, refuse_secrets

LOCAL = Path("newskg.toml")


class Endpoint(BaseModel):
    """One endpoint: where it is, and which variables of the environment say who asks."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )

    url: str = Field(min_length=1)
    update: str | None = None
    graph_store: str | None = None
    auth: Literal["basic", "digest", "bearer"] | None = None
    user_env: str = USER
    password_env: str = PASSWORD
    token_env: str = TOKEN

    def credentials(self, environ: Mapping[str, str] = os.environ) -> Credentials:
        """Who asks, by the environment."""
        return remote_credentials.from_environment(
            environ, user=self.user_env, password=self.password_env, token=self.token_env, kind=self.auth
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoints: dict[str, Endpoint] = Field(default_factory=dict)


def named(url_or_name: str, environ: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint of that URL, or of that name in the configuration.

    Raises `UsageError` where a secret stands in a URL, or no configuration has the name (with the nearest);
    `ResourceError` where a configuration cannot be read.
    """
    if "://" in url_or_name:
        refuse_secrets(url_or_name)
        return Endpoint(url=url_or_name)
    places = places_of_configuration(environ)
    known: dict[str, Endpoint] = {}
    for place in places:
        known = {**read(place), **known}
    if url_or_name in known:
        return known[url_or_name]
    near = difflib.get_close_matches(url_or_name, known, n=2)
    hint = (
        f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(sorted(known))}" if known else ""
    )
    where = " or ".join(str(place) for place in places)
    raise UsageError(
        f"no endpoint called {url_or_name!r}: {hint or f'give its URL (http://…), or name it in {where}'}"
    )


def places_of_configuration(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The files that may name endpoints; the first that has a name wins."""
    home = environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "newskg" / "endpoints.toml", LOCAL


def read(path: Path) -> dict[str, Endpoint]:
    """The endpoints of a file, none where there is no such file; raises as `named`."""
    try:
        with path.open("rb") as stream:
            found = _File.model_validate(tomllib.load(stream)).endpoints
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ResourceError(f"{path}: {reason(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ResourceError(f"{path}: {where}: {first['msg']}") from error
    for name, endpoint in found.items():
        for url in (endpoint.url, endpoint.update, endpoint.graph_store):
            try:
                refuse_secrets(url or "")
            except UsageError as error:
                raise ResourceError(f"{path}: endpoints.{name}: {error}") from error
    return found
