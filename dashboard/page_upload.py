"""A file that a visitor sends: asked for piece by piece, refused before it is read where it is too large."""

from collections.abc import Callable
from typing import Any

import solara

from coproduction.dashboard.results_controls import FileInput
from coproduction.dashboard.uploads import MOST_BYTES, Incoming, UploadError, megabytes


@solara.component
def Upload(
    label: str,
    accept: str,
    taken: Callable[[Incoming], None],
    refused: Callable[[str], None],
    most: int = MOST_BYTES,
) -> None:
    """A native file input; tells of a file when it is here whole, or why it was not taken.

    taken  is given the file and has to close it
    """
    element = FileInput.element(label=f"{label} (at most {megabytes(most).replace('.0', '')})", accept=accept)
    coming: Any = solara.use_ref(None)
    latest = solara.use_ref((taken, refused))
    latest.current = (taken, refused)

    def connect() -> Callable[[], None]:
        widget = solara.get_widget(element)

        def heard(_widget: object, content: dict[str, Any], buffers: Any) -> None:
            try:
                answer = _answer(coming, content, buffers, most)
            except UploadError as error:
                coming.current = None
                latest.current[1](str(error))
                answer = "done"
            widget.send({"type": answer})
            if answer == "done" and coming.current is not None:
                whole, coming.current = coming.current, None
                latest.current[0](whole)

        widget.on_msg(heard)

        def leave() -> None:
            widget.on_msg(heard, remove=True)
            if coming.current is not None:
                coming.current.close()

        return leave

    solara.use_effect(connect, [])


def _answer(coming: Any, content: dict[str, Any], buffers: Any, most: int) -> str:
    """Take what the browser sends; return whether to ask for more. Raises ``UploadError``."""
    if content.get("type") == "offer":
        if coming.current is not None:
            coming.current.close()
            coming.current = None
        coming.current = Incoming(str(content.get("name", "")), _size(content), most)
        return "more"
    if content.get("type") != "piece" or coming.current is None or not buffers:
        return "done"
    return "done" if coming.current.add(bytes(buffers[0])) else "more"


def _size(content: dict[str, Any]) -> int:
    size = content.get("size")
    if not isinstance(size, int) or size <= 0:
        raise UploadError("The file is empty. Choose another one.")
    return size
