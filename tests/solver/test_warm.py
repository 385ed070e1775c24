"""The kernel is compiled before it is needed, and whoever waits is told."""

from __future__ import annotations

from typing import Any

import pytest
from numba.core.event import trigger_event

from solver import kernel as k
from solver import warm
from solver.warm import compile_kernel


def test_every_door_of_the_kernel_is_compiled_for_one_kind_of_image() -> None:
    compile_kernel()

    doors: tuple[Any, ...] = (k.begin, k.build, k.load, k.move_in, k.reweigh, k.roam, k.sample, k.walk)
    assert [len(door.signatures) for door in doors] == [1] * len(doors)


@pytest.mark.parametrize(("functions", "told"), [(0, 0), (3, 1)])
def test_that_it_compiles_is_told_once(functions: int, told: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def compiling() -> None:
        for number in range(functions):
            with trigger_event("numba:compile", data={"number": number}):
                pass

    monkeypatch.setattr(warm, "_compile_kernel", compiling)
    heard: list[str] = []

    compile_kernel(lambda: heard.append("compiling"))

    assert heard == ["compiling"] * told
