"""One running `nash rpc`, and what is asked of it."""

from __future__ import annotations

import asyncio
import collections
import itertools
import json
import signal
import subprocess
import threading

PROTOCOL = 1
MAX_LINE = 64 << 20


class NashError(Exception):
    """nash could not be started, or refused a request."""


class NashEnded(NashError):
    """nash ended unexpectedly, and with it the names that were bound."""


class Call:
    """A request on its way: its events come first, its answer last."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._messages: asyncio.Queue[dict] = asyncio.Queue()
        self._result: dict | None = None

    def tell(self, message: dict) -> None:
        """Passes a message on; from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._messages.put_nowait, message)
        except RuntimeError:
            pass  # the loop is closed: nobody listens any more

    async def events(self):
        """The events, up to the answer."""
        while True:
            message = await self._messages.get()
            if "event" in message:
                yield message
                continue
            if "ended" in message:
                raise NashEnded(message["ended"])
            if "error" in message:
                raise NashError(message["error"]["message"])
            self._result = message["result"]
            return

    async def result(self) -> dict:
        """The answer; events are passed over."""
        async for _ in self.events():
            pass
        return self._result

    @property
    def answer(self) -> dict:
        """The answer, once the events have ended."""
        return self._result


class Client:
    """A process of `nash rpc`. Requests may be made from any thread that runs an event loop."""

    def __init__(self, program: str) -> None:
        try:
            # In a session of its own: Jupyter's SIGINT is for the kernel, which sends `cancel`.
            self._process = subprocess.Popen(
                [program, "rpc"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise NashError(f"cannot start {program}: {error.strerror}; install the kernel again") from error
        self._ids = itertools.count(1)
        self._calls: dict[int, Call] = {}
        self._lock = threading.Lock()
        self._cells: list[int] = []
        self._said: collections.deque[str] = collections.deque(maxlen=20)
        self._ended: str | None = None
        self._errors = threading.Thread(target=self._read_errors, daemon=True)
        self._errors.start()
        threading.Thread(target=self._read_answers, daemon=True).start()

    @property
    def is_alive(self) -> bool:
        return self._ended is None

    def call(self, method: str, **parameters) -> Call:
        """Makes a request."""
        call = Call()
        with self._lock:
            if self._ended is not None:
                raise NashEnded(self._ended)
            number = next(self._ids)
            line = request(number, method, parameters)
            if len(line) > MAX_LINE:
                raise NashError("the cell is longer than 64 MB")
            self._calls[number] = call
            if method == "execute":
                self._cells.append(number)
            self._send(line)
        return call

    def cancel(self) -> None:
        """Cancels the oldest cell that is at work; its answer says so."""
        with self._lock:
            if self._cells and self._ended is None:
                self._send(request(next(self._ids), "cancel", {"id": self._cells[0]}))

    def close(self, patience: float = 1.5) -> None:
        """Ends nash, by force where it takes longer than `patience` seconds."""
        with self._lock:
            if self._ended is None:
                self._send(request(next(self._ids), "shutdown", {}))
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _send(self, line: bytes) -> None:
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except OSError:
            pass  # it has ended: the reading thread says so

    def _read_answers(self) -> None:
        for line in self._process.stdout:
            message = json.loads(line)
            for call in self._addressees(message):
                call.tell(message)
        self._die()

    def _addressees(self, message: dict) -> list[Call]:
        """The request that a message belongs to; all of them for an answer to nobody knows what."""
        number = message.get("id")
        with self._lock:
            if number is None:
                calls, self._calls, self._cells = list(self._calls.values()), {}, []
                return calls
            call = self._calls.get(number)
            if "event" not in message:
                self._calls.pop(number, None)
                if number in self._cells:
                    self._cells.remove(number)
            return [call] if call else []

    def _die(self) -> None:
        code = self._process.wait()
        self._errors.join(1)
        how = f"exit code {code}" if code >= 0 else f"signal {-code}, {signal.strsignal(-code)}"
        said = "".join(self._said)
        with self._lock:
            self._ended = f"nash has ended ({how})" + (f":\n{said}" if said else "")
            calls, self._calls, self._cells = list(self._calls.values()), {}, []
        for call in calls:
            call.tell({"ended": self._ended})

    def _read_errors(self) -> None:
        for line in self._process.stderr:
            text = line.decode(errors="replace")
            self._said.append(text)
            with self._lock:
                call = self._calls.get(self._cells[0]) if self._cells else None
            if call:
                call.tell({"event": "stderr", "text": text})


def request(number: int, method: str, parameters: dict) -> bytes:
    """A request's line; half surrogates, which UTF-8 cannot hold, become question marks."""
    line = json.dumps({"id": number, "method": method, "params": parameters}, ensure_ascii=False)
    return line.encode(errors="replace")
