"""The kernel: Jupyter's messages on one side, `nash rpc` on the other."""

from __future__ import annotations

import os
import signal

from ipykernel import kernel_protocol_version
from ipykernel.kernelbase import Kernel

from .client import PROTOCOL, Client, NashEnded, NashError
from .progress import Progress


class NashKernel(Kernel):
    """One notebook's kernel, with a nash of its own."""

    implementation = "nash_kernel"
    implementation_version = "1"
    banner = "nash: a shell for efficient neural architecture search"
    language_info = {
        "name": "nash",
        "mimetype": "text/x-nash",
        "file_extension": ".nash",
        "pygments_lexer": "text",
        "codemirror_mode": "text/x-nash",
    }

    def __init__(self, **arguments) -> None:
        super().__init__(**arguments)
        self._program = os.environ.get("NASH_PROGRAM", "nash")
        self._client: Client | None = None

    @property
    def kernel_info(self) -> dict:
        # Not the base's, which loads a debugger to say whether there is one.
        return {
            "protocol_version": kernel_protocol_version,
            "implementation": self.implementation,
            "implementation_version": self.implementation_version,
            "language_info": self.language_info,
            "banner": self.banner,
            "help_links": self.help_links,
            "supported_features": [],
        }

    def start(self) -> None:
        super().start()
        # Who started us may have left it blocked.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        self.io_loop.asyncio_loop.add_signal_handler(signal.SIGINT, self._interrupt)

    # ipykernel would raise KeyboardInterrupt in whatever runs; a cell is cancelled instead.
    def pre_handler_hook(self) -> None:
        pass

    def post_handler_hook(self) -> None:
        pass

    def _interrupt(self) -> None:
        if self._client is not None:
            self._client.cancel()

    async def _nash(self) -> Client:
        """The running nash; a new one where there is none or the old one has ended."""
        if self._client is not None and self._client.is_alive:
            return self._client
        is_first = self._client is None
        client = Client(self._program)
        self._client = client
        hello = await client.call("hello", protocol=PROTOCOL).result()
        self.language_info = {**self.language_info, "version": hello["version"]}
        if not is_first:
            self._stream("nash was started anew: the names that were bound before are lost\n")
        return client

    def _publish(self, kind: str, content: dict) -> None:
        self.send_response(self.iopub_socket, kind, content)

    def _stream(self, text: str, name: str = "stderr") -> None:
        self._publish("stream", {"name": name, "text": text})

    # Cells

    async def do_execute(
        self,
        code,
        silent,
        store_history=True,
        user_expressions=None,
        allow_stdin=False,
        *,
        cell_meta=None,
        cell_id=None,
    ):
        try:
            client = await self._nash()
            result = await self._run(client.call("execute", code=code, silent=silent))
        except NashEnded as error:
            self.execution_count = 0
            return self._refuse(silent, f"{error}\nThe names that were bound are lost; the next cell starts nash anew.")
        except NashError as error:
            return self._refuse(silent, str(error))
        count, status = result["count"], result["status"]
        self.execution_count = count - 1 if status == "rejected" else count
        if status == "cancelled":
            return self._fail(silent, "Cancelled", "nothing was bound", "\x1b[1;31mcancelled\x1b[0m", count)
        if status != "done":
            error = result["error"]
            return self._fail(silent, error["code"], error["message"], error["ansi"], count)
        return {"status": "ok", "execution_count": count, "payload": [], "user_expressions": {}}

    async def _run(self, call) -> dict:
        progress = Progress(self._publish)
        try:
            async for event in call.events():
                match event["event"]:
                    case "display":
                        self._publish("display_data", {"data": event["data"], "metadata": {}, "transient": {}})
                    case "stream":
                        self._stream(event["text"], "stdout")
                    case "stderr":
                        self._stream(event["text"])
                    case "progress":
                        progress.tell(event)
        finally:
            progress.end()
        return call.answer

    def _refuse(self, silent: bool, text: str) -> dict:
        return self._fail(silent, "nash", text, f"\x1b[1;31mnash\x1b[0m: {text}")

    def _fail(self, silent: bool, name: str, value: str, text: str, count: int = 0) -> dict:
        error = {"ename": name, "evalue": value, "traceback": text.split("\n")}
        if not silent:
            self._publish("error", error)
        return {"status": "error", "execution_count": count, **error}

    # Help while typing

    async def _ask(self, method: str, **parameters) -> dict | None:
        """An answer; None where nash cannot give one, of which the next cell tells."""
        try:
            client = await self._nash()
            return await client.call(method, **parameters).result()
        except NashError:
            return None

    async def do_complete(self, code, cursor_pos):
        cursor = min(max(0, cursor_pos), len(code))
        found = await self._ask("complete", code=code, cursor=cursor)
        if found is None:
            found = {"candidates": [], "start": cursor, "end": cursor}
        start, end = found["start"], found["end"]
        types = [
            {"start": start, "end": end, "text": one["text"], "type": "", "signature": one["help"]}
            for one in found["candidates"]
        ]
        return {
            "status": "ok",
            "matches": [one["text"] for one in found["candidates"]],
            "cursor_start": start,
            "cursor_end": end,
            "metadata": {"_jupyter_types_experimental": types},
        }

    async def do_inspect(self, code, cursor_pos, detail_level=0, omit_sections=()):
        found = await self._ask("inspect", code=code, cursor=min(max(0, cursor_pos), len(code)))
        if found is None:
            found = {"found": False, "data": {}}
        return {"status": "ok", "found": found["found"], "data": found["data"], "metadata": {}}

    async def do_is_complete(self, code):
        return await self._ask("is_complete", code=code) or {"status": "unknown"}

    async def do_shutdown(self, restart):
        if self._client is not None:
            self._client.close()
        return {"status": "ok", "restart": restart}
