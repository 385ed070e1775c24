"""Every rule of the engine; a module put here is registered by being imported, and needs no other edit."""

from importlib import import_module
from pkgutil import iter_modules

from solver.rules.rule import ALL, Deviation, Rule

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["ALL", "Deviation", "Rule"]
