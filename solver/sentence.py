"""What the engine says, without saying it in any language.

A `Sentence` is a template and the things it speaks of. The engine knows neither names nor languages: it says
``sentence("{teacher} has {n} gaps", teacher=Thing("resource", 3), n=2)``, and `scheduler.texts` puts in the labels and
the reader's language where the sentence is shown.

The template is written in English, as a literal in the call, for the translators' catalogue is collected from the
source by reading these calls: a template put together at run time would never be translated. Where a count changes the
words around it, the call gives the plural too and names the count ``n``::

    sentence("{n} lesson has no room", plural="{n} lessons have no room", n=len(homeless))
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something of the problem that has a label elsewhere: the twelfth event, the third resource, the seventh tick.

    Parameters
    ----------
    kind
        What it is: ``"event"``, ``"resource"``, ``"tick"``, ...
    index
        Which of its kind, counted from 0.
    """

    kind: str
    index: int

    def __str__(self) -> str:
        return f"{self.kind} {self.index}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and the things it speaks of; made with `sentence`.

    Parameters
    ----------
    template
        English text with the names of things in braces; also the key of the translation.
    things
        Pairs of a name and what stands there: a number, a string, a `Thing`, another sentence, or a tuple of these,
        which reads as a list.
    plural
        The template for counts other than one, where the count ``n`` among the things decides the words.
    """

    template: str
    things: tuple[tuple[str, object], ...] = ()
    plural: str | None = None

    def __str__(self) -> str:
        """Tell it in English with bare indexes, for logs and tests; people are told by `scheduler.texts`."""
        things = dict(self.things)
        template = self.template if self.plural is None or things["n"] == 1 else self.plural
        return template.format_map({name: _raw(thing) for name, thing in things.items()})

    def of_kind(self, kind: str) -> "frozenset[Thing]":
        """Return the things of one kind that it speaks of."""
        return frozenset(thing for _, part in self.things for thing in _things(part) if thing.kind == kind)

    def named(self, label: Callable[[Thing], object]) -> "Sentence":
        """Return the same sentence with things of the problem replaced by their labels, still in no language.

        Parameters
        ----------
        label
            What stands for a thing: a name, or a sentence, such as the one that tells a tick's day and period. Things of a
            list that have one name are told once.
        """
        return replace(self, things=tuple((name, _named(thing, label)) for name, thing in self.things))


def sentence(template: str, /, *, plural: str | None = None, **things: object) -> Sentence:
    """Say something about some things.

    Parameters
    ----------
    template
        English text with the names of things in braces, as a literal in the call.
    plural
        The template for counts other than one; needs a thing named ``n``.
    **things
        What stands at each name.

    Returns
    -------
    Sentence
        The things in the order in which they were given.
    """
    return Sentence(template, tuple(things.items()), plural)


def _things(part: object) -> Iterator[Thing]:
    match part:
        case Thing():
            yield part
        case Sentence():
            for _, inner in part.things:
                yield from _things(inner)
        case tuple():
            for inner in part:
                yield from _things(inner)


def _named(thing: object, label: Callable[[Thing], object]) -> object:
    match thing:
        case Thing():
            return label(thing)
        case Sentence():
            return thing.named(label)
        case tuple():
            return tuple(dict.fromkeys(_named(part, label) for part in thing))
        case _:
            return thing


def _raw(thing: object) -> str:
    return ", ".join(map(_raw, thing)) if isinstance(thing, tuple) else str(thing)
