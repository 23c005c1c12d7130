"""Finds the models: imports every module of a package, so that each table is known."""

import importlib
import pkgutil
from types import ModuleType


def discover(package: ModuleType) -> list[ModuleType]:
    """Import all modules of `package` and return them in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]
