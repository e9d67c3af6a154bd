"""Modules that can be called: ``kg.build(...)`` while ``kg.build`` is also where the function lives.

``import kg`` offers functions by the names of three of its own modules. Whichever of the two Python binds to
the name, the module, called, is the function of that name in `kg.api`; so nothing depends on the order of
imports.
"""

from __future__ import annotations

import sys
from inspect import Signature, signature
from types import ModuleType
from typing import Any


class CallableModule(ModuleType):
    """A module of `kg` that, called, is the function of its name in `kg.api`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function()(*args, **kwargs)

    @property
    def __signature__(self) -> Signature:
        return signature(self._function())

    def _function(self) -> Any:
        from importlib import import_module

        return getattr(import_module("kg.api"), self.__name__.rpartition(".")[2])


def make_callable(name: str) -> None:
    """Lets the module of this name, one of ours that is being imported, be called."""
    sys.modules[name].__class__ = CallableModule
