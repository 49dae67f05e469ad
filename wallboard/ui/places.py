"""Where a caller can be sent, as it is offered."""

from collections.abc import Iterable, Sequence

from wallboard.domain.destinations import Destination, extension_path
from wallboard.language.catalog import _
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.choose import Option


def places(
    named: Iterable[Destination], source: str, away_from: set[str], picture: Picture
) -> list[Option[Destination]]:
    """The configured destinations, then the system's other queues.

    Args:
        named: those that are configured.
        source: the system.
        away_from: ids of the queues in which the callers wait.
        picture: knows the queues.
    """
    options = [Option(place.name or place.path, place.path, place) for place in named]
    taken = {option.value.path for option in options}
    for queue in picture.snapshot.floor.queues:
        path = extension_path(queue.id)
        if queue.source == source and path is not None and path not in taken and queue.id not in away_from:
            name = picture.shown(queue.name)
            note = _("{path}, a queue").format(path=path)
            options.append(Option(name, note, Destination(path, name)))
    return options


def typed_place(options: Sequence[Option[Destination]], text: str) -> Option[Destination] | None:
    """The extension whose path was typed; None where that is none. One that is offered keeps its name."""
    path = extension_path(text)
    if path is None:
        return None
    known = next((option for option in options if option.value.path == path), None)
    return known or Option(path, _("extension, as typed"), Destination(path))
