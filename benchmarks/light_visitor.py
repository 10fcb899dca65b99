"""A visitor of the dashboard without a browser: speaks to the real server as the page does, and draws nothing.

Twenty browsers do not fit on the two processors that also serve; twenty of these do, and the server cannot tell. Each
acknowledges every frame at once, so what is measured is the server.
"""

import itertools
import json
import struct
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

SIDES = 3
"""Maps on the page."""


class LightVisitor:
    """A visitor who has opened an address; ``ready`` is set when all maps have had a frame."""

    def __init__(self, url: str, query: str) -> None:
        from websockets.sync.client import connect

        kernel, page = uuid.uuid4(), uuid.uuid4().hex
        address = url.replace("http://", "ws://") + f"jupyter/api/kernels/{kernel}/channels?session_id={page}"
        self._socket = connect(
            address, max_size=None, additional_headers={"Cookie": f"solara-session-id={kernel}"}
        )
        self._sending, self._control = threading.Lock(), uuid.uuid4().hex
        self.models: dict[str, dict[str, Any]] = {}
        self.frames: dict[str, int] = {}
        self.ready, self._answered = threading.Event(), threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        self._send("comm_open", {"comm_id": self._control, "target_name": "solara.control", "data": {}})
        run = {"path": "/" + query, "themes": {"light": {}, "dark": {}}, "dark": False}
        self._tell(self._control, {"method": "run", "args": run})

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self._tell(
            self._find(
                lambda state: state.get("_model_name") == "BtnModel" and button in state.get("children", ())
            ),
            {"method": "custom", "content": {"event": "click", "data": {}}},
        )

    def colour(self, layer: str) -> float:
        """Choose another colour of the maps; return seconds until the server has answered with its palette."""
        found = next(
            name for name, state in self.models.items() if state.get("label") == "Colour of the maps"
        )
        self._answered.clear()
        began = time.monotonic()
        self._tell(found, {"method": "update", "state": {"value": layer}, "buffer_paths": []})
        if not self._answered.wait(30.0):
            raise TimeoutError("the server did not answer in half a minute")
        return time.monotonic() - began

    @property
    def drawn(self) -> int:
        """Frames of play that the first map has had."""
        return min(self.frames.values(), default=0)

    def leave(self) -> None:
        """Close the connection, as when a tab is closed."""
        self._socket.close()

    def _find(self, wanted: Callable[[dict[str, Any]], bool]) -> str:
        """Return the widget that was meant, waiting until the page has it."""
        end = time.monotonic() + 30.0
        while time.monotonic() < end:
            found = next((name for name, state in list(self.models.items()) if wanted(state)), None)
            if found is not None:
                return found
            time.sleep(0.05)
        raise TimeoutError("the page has no such control")

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self._control,
                  "date": "2020-01-01T00:00:00Z", "version": "5.3"}  # fmt: skip
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
        with self._sending:
            self._socket.send(json.dumps({**message, "buffers": []}))

    def _tell(self, model: str, data: dict[str, Any]) -> None:
        self._send("comm_msg", {"comm_id": model, "data": data})

    def _listen(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            for message in self._socket:
                self._heard(*_read(message))
        except ConnectionClosed:
            return

    def _heard(self, message: dict[str, Any], buffers: list[bytes]) -> None:
        content, kind = message.get("content", {}), message["header"]["msg_type"]
        model, data = content.get("comm_id", ""), content.get("data", {})
        state = data.get("state") or {}
        if kind == "comm_close":
            self.models.pop(model, None)
            self.frames.pop(model, None)
        if kind not in {"comm_open", "comm_msg"} or (not state and not data.get("buffer_paths")):
            return
        self.models.setdefault(model, {}).update(state)
        for path, buffer in zip(data.get("buffer_paths") or [], buffers, strict=False):
            if path == ["palette"] and kind == "comm_msg":
                self._answered.set()
            if path == ["frame"] and len(buffer) >= 12:
                self._drawn(model, struct.unpack_from("<I", buffer)[0])

    def _drawn(self, model: str, number: int) -> None:
        self.frames[model] = self.frames.get(model, 0) + 1
        self._tell(model, {"method": "update", "state": {"ack": number}, "buffer_paths": []})
        if len(self.frames) == SIDES:
            self.ready.set()


def _read(message: str | bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return a message of the server, and the buffers that came with it."""
    if isinstance(message, str):
        return json.loads(message), []
    count = struct.unpack_from("!I", message)[0]
    starts = [*struct.unpack_from(f"!{count}I", message, 4), len(message)]
    parts = [message[start:stop] for start, stop in itertools.pairwise(starts)]
    return json.loads(parts[0]), parts[1:]
