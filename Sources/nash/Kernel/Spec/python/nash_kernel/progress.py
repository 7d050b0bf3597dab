"""How far a cell is: one display that changes in its place and goes at the end."""

from __future__ import annotations

import asyncio
import html
import time
import uuid

# Cells that take less show no bar, in seconds.
PATIENCE = 0.5


class Progress:
    """The bar of one cell. `publish` sends a message to the notebook."""

    def __init__(self, publish) -> None:
        self._publish = publish
        self._start = time.monotonic()
        self._display = str(uuid.uuid4())
        self._is_shown = False
        self._latest: dict | None = None
        self._waiting: asyncio.TimerHandle | None = None

    def tell(self, event: dict) -> None:
        """Shows an event of nash, once the cell has taken a while."""
        self._latest = event
        if self._waiting is None:
            delay = max(0.0, self._start + PATIENCE - time.monotonic())
            self._waiting = asyncio.get_running_loop().call_later(delay, self._show)

    def end(self) -> None:
        """Takes the bar away."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self._is_shown:
            self._send({"text/plain": "", "text/html": ""})

    def _show(self) -> None:
        self._waiting = None
        event = self._latest
        self._send({"text/plain": text(event), "text/html": markup(event)})

    def _send(self, data: dict) -> None:
        kind = "update_display_data" if self._is_shown else "display_data"
        self._publish(kind, {"data": data, "metadata": {}, "transient": {"display_id": self._display}})
        self._is_shown = True


def text(event: dict) -> str:
    """The bar in characters."""
    done, total = event["done"], event["total"]
    if not total:
        return f"{event['label']}  {done}"
    full = min(40, 40 * done // total)
    return f"{event['label']}  {'━' * full}{'─' * (40 - full)}  {100 * done // total}%  {done}/{total}"


def markup(event: dict) -> str:
    """The bar as HTML."""
    label, done, total = html.escape(event["label"]), event["done"], event["total"]
    if not total:
        return f"<progress></progress> {label}, {done}"
    return f'<progress value="{done}" max="{total}"></progress> {label}, {done} of {total}'
