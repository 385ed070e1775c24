"""Whole pages in one file: our style and our script stand in it, and a policy lets nothing else run.

Names are data: the templates escape them, and none of them reaches a style or a script.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scheduler.publish.colours import Look
from scheduler.texts import Texts


def whole(template: str, texts: Texts, *, style: str, script: str = "", **things: Any) -> bytes:
    """Write a page from a template that extends `frame.html.jinja`.

    Parameters
    ----------
    style, script
        What stands in the page and may run there, as it is: our own words only.
    things
        What the template shows.
    """
    environment = Environment(
        loader=PackageLoader("scheduler.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    runs = f"script-src '{_hash(script)}'; " if script else ""
    written = environment.get_template(template).render(
        texts=texts,
        policy=f"default-src 'none'; {runs}style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704 - ours, and colours that are six hexadecimal digits
        script=Markup(script),  # noqa: S704 - ours
        **things,
    )
    return written.encode()


def ours(name: str) -> str:
    """Read a style or a script that lies beside the templates."""
    return (files("scheduler.publish") / "templates" / name).read_text("utf-8")


def styles(looks: Iterable[Look]) -> str:
    """The styles of the subjects, by day and by night."""
    return "\n".join(_styles(list(looks)))


def _styles(looks: list[Look]) -> Iterator[str]:
    yield from (f".s{index}{{--c:{look.colour};--b:{look.light}}}" for index, look in enumerate(looks))
    night = "".join(f".s{index}{{--b:{look.dark}}}" for index, look in enumerate(looks))
    yield f"@media screen and (prefers-color-scheme:dark){{{night}}}"


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
