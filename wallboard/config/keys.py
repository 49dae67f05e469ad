"""Which keys may stand where: read off the model, for overrides and for naming the nearest valid key."""

from collections.abc import Iterable
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from wallboard.config.model import Section, SourceBase
from wallboard.config.schema import SECRET_WAYS

Shapes = tuple[Any, ...]  # the types that may stand at one place of the file


def shapes(annotation: Any) -> Shapes:
    """The types of an annotation without Annotated, Optional and Union round them."""
    origin = _origin(annotation)
    if origin is Annotated:
        return shapes(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return tuple(shape for member in get_args(annotation) for shape in shapes(member))
    return () if annotation is NoneType else (annotation,)


def of_kind(places: Shapes, kind: object) -> Shapes:
    """Of the tables that may stand here, those of this `kind`; all when it fits none."""
    fitting = tuple(
        place
        for place in places
        if _is_section(place) and "kind" in place.model_fields and kind in _literals(place.model_fields["kind"])
    )
    return fitting or places


def inside(places: Shapes, key: str | int) -> Shapes:
    """What may stand under a key or an index; empty where nothing may."""
    found: list[Any] = []
    for place in places:
        if _is_section(place) and key in place.model_fields:
            found += shapes(place.model_fields[key].annotation)
        elif isinstance(key, str) and key in secret_keys(place):
            found.append(list[str] if key.endswith("_command") else str)
        elif _origin(place) is dict and isinstance(key, str):
            found += shapes(get_args(place)[1])
        elif _origin(place) in {tuple, list} and isinstance(key, int):
            found += shapes(get_args(place)[0])
    return tuple(found)


def valid_keys(places: Shapes) -> list[str]:
    """The keys that the tables at this place know; empty where any key may stand."""
    known: dict[str, None] = {}
    for place in places:
        if _is_section(place):
            known |= dict.fromkeys([*place.model_fields, *secret_keys(place)])
    return list(known)


def is_container(places: Shapes) -> bool:
    """Whether a list or a table may stand here."""
    return any(_is_section(place) or _origin(place) in {dict, tuple, list} for place in places)


def is_list(places: Shapes) -> bool:
    return any(_origin(place) in {tuple, list} for place in places)


def secret_keys(section: Any) -> list[str]:
    """Every key of a table that leads to a secret: `token`, `token_env` …"""
    if not (_is_section(section) and issubclass(section, SourceBase)):
        return []
    return [name + way for name in section.SECRETS for way in SECRET_WAYS]


def nearest(key: str, valid: Iterable[str]) -> str | None:
    """The valid key most like this one; None when there is none to name."""
    valid = list(valid)
    best = get_close_matches(key.lower(), valid, n=1, cutoff=0.0)
    return best[0] if best else None


def _origin(annotation: Any) -> Any:
    return get_origin(annotation)


def _is_section(place: Any) -> bool:
    return isinstance(place, type) and issubclass(place, Section)


def _literals(field: Any) -> tuple[Any, ...]:
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
