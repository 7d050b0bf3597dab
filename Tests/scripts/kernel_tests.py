"""The kernel as Jupyter's own client sees it: `python kernel_tests.py NASH`."""

import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import nbclient
import nbconvert
import nbformat
from jupyter_client.manager import KernelManager

NASH = sys.argv.pop(1)
PATIENCE = 20
ENDLESS = "for i in 1..1000000000000 { y = i }"


class Notebook:
    """A kernel, and cells run in it one by one."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="nash")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, code, meanwhile=None):
        """The reply, and the messages that the cell publishes, by type and content."""
        return self.finish(self.client.execute(code), meanwhile)

    def finish(self, cell, meanwhile=None):
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != cell:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "execute_input" and meanwhile:
                threading.Timer(0.3, meanwhile).start()
            if kind == "status" and content["execution_state"] == "idle":
                return self.reply(cell), messages
            if kind not in ("status", "execute_input"):
                messages.append((kind, content))

    def reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def nash(self):
        """The process of the kernel's nash."""
        children = f"/proc/{self.manager.provisioner.pid}/task/{self.manager.provisioner.pid}/children"
        with open(children) as file:
            return int(file.read().split()[0])

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.notebook = Notebook()
        cls.addClassCleanup(cls.notebook.close)

    def run_cell(self, code, meanwhile=None):
        return self.notebook.run(code, meanwhile)

    def shown(self, code):
        reply, messages = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", messages)
        return [content["data"] for kind, content in messages if kind == "display_data"]

    def test_values(self):
        self.assertEqual([data["text/plain"] for data in self.shown("1 + 1\n\"a\"")], ["2", "a"])

    def test_help(self):
        self.assertIn("Draw architectures", self.shown("?sample")[0]["text/plain"])

    def test_table(self):
        (data,) = self.shown("nb201 | sample 3, seed: 1 | cost")
        self.assertIn("params", data["text/plain"])
        self.assertIn("<table", data["text/html"])

    def test_figure(self):
        (data,) = self.shown("nb201 | sample 9, seed: 1 | cost | plot .params, .macs")
        self.assertIn("</svg>", data["image/svg+xml"])
        self.assertTrue(data["image/png"].startswith("iVBOR"))

    def test_note(self):
        _, messages = self.run_cell("nb201 | sample 2 | save \"a.csv\"")
        self.assertIn(("stream", {"name": "stdout", "text": "saved a.csv\n"}), messages)

    def test_error(self):
        reply, messages = self.run_cell("nosuch + 1")
        (error,) = [content for kind, content in messages if kind == "error"]
        self.assertEqual((reply["status"], error["ename"]), ("error", "E010"))
        self.assertIn("nothing named", error["evalue"])
        self.assertIn("\x1b[1;31m", "\n".join(error["traceback"]))

    def test_counts_are_those_of_out(self):
        first = self.run_cell("41")[0]["execution_count"]
        self.run_cell("nosuch")
        reply, messages = self.run_cell(f"out[{first}] + 1")
        self.assertEqual(reply["execution_count"], first + 1)
        self.assertEqual(messages[0][1]["data"]["text/plain"], "42")

    def test_an_error_aborts_the_cells_behind_it(self):
        self.run_cell("x = 1")
        cells = [self.notebook.client.execute(code) for code in (ENDLESS, "x = 2")]
        time.sleep(0.5)
        self.notebook.manager.interrupt_kernel()
        self.assertEqual(self.notebook.finish(cells[0])[0]["ename"], "Cancelled")
        self.assertEqual(self.notebook.finish(cells[1])[0]["status"], "aborted")
        self.assertEqual(self.shown("x")[0]["text/plain"], "1")

    def test_progress(self):
        self.run_cell("def spin(n) { for i in 1..n { z = i } }")
        _, messages = self.run_cell("nb201 | sample 300, seed: 1 | each {k -> spin 1000} | count")
        bars = [(kind, content) for kind, content in messages if content.get("transient", {}).get("display_id")]
        self.assertGreater(len(bars), 2)
        self.assertEqual(len({content["transient"]["display_id"] for _, content in bars}), 1)
        self.assertEqual([kind for kind, _ in bars], ["display_data"] + ["update_display_data"] * (len(bars) - 1))
        self.assertIn("<progress", bars[0][1]["data"]["text/html"])
        self.assertEqual(bars[-1][1]["data"]["text/html"], "")

    def test_complete(self):
        client = self.notebook.client
        code = "\"😀\" | count; nb201 | sam"
        reply = self.notebook.reply(client.complete(code))
        self.assertEqual((reply["matches"], reply["cursor_start"]), (["sample"], len(code) - 3))

    def test_inspect(self):
        client = self.notebook.client
        reply = self.notebook.reply(client.inspect("nb201 | sample 3", 10))
        self.assertTrue(reply["found"])
        self.assertIn("Draw architectures", reply["data"]["text/plain"])
        self.assertFalse(self.notebook.reply(client.inspect("nosuch", 2))["found"])

    def test_is_complete(self):
        client = self.notebook.client
        replies = [self.notebook.reply(client.is_complete(code)) for code in ("1", "(1 +", "1)")]
        self.assertEqual([reply["status"] for reply in replies], ["complete", "incomplete", "invalid"])
        self.assertEqual(replies[1]["indent"], "  ")

    def test_interrupt_keeps_names(self):
        self.run_cell("kept = 41")
        reply, _ = self.run_cell(ENDLESS, self.notebook.manager.interrupt_kernel)
        self.assertEqual((reply["status"], reply["ename"]), ("error", "Cancelled"))
        self.assertEqual(self.shown("kept + 1")[0]["text/plain"], "42")


class LossTest(unittest.TestCase):
    """What costs the names: nash killed, and a restart."""

    def test_killed_and_restarted(self):
        notebook = Notebook()
        self.addCleanup(notebook.close)
        notebook.run("x = 1")
        reply, _ = notebook.run(ENDLESS, lambda: os.kill(notebook.nash(), 9))
        self.assertEqual(reply["status"], "error")
        self.assertIn("signal 9", reply["evalue"])
        reply, messages = notebook.run("1 + 1")
        self.assertEqual((reply["status"], reply["execution_count"]), ("ok", 1))
        self.assertIn("lost", messages[0][1]["text"])
        notebook.run("x = 1")
        notebook.manager.restart_kernel()
        notebook.client.wait_for_ready(timeout=PATIENCE)
        reply, messages = notebook.run("x")
        self.assertEqual((reply["status"], reply["execution_count"]), ("error", 1))
        self.assertEqual([kind for kind, _ in messages], ["error"])


class NotebookTest(unittest.TestCase):
    """A notebook from its cells to a page."""

    def test_executed_and_rendered(self):
        cells = [
            nbformat.v4.new_markdown_cell("# Costs"),
            nbformat.v4.new_code_cell("t = nb201 | sample 20, seed: 1 | cost\nt | select .arch, .params, .macs"),
            nbformat.v4.new_code_cell("t | plot .params, .macs"),
            nbformat.v4.new_code_cell('{name: "<script>alert(1)</script>"}'),
            nbformat.v4.new_code_cell("nosuch", metadata={"tags": ["raises-exception"]}),
        ]
        kernel = {"name": "nash", "display_name": "nash", "language": "nash"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbclient.NotebookClient(notebook, timeout=PATIENCE).execute()
        nbformat.validate(notebook)
        self.assertEqual(notebook.metadata.language_info.file_extension, ".nash")
        self.assertEqual([cell.execution_count for cell in notebook.cells[1:]], [1, 2, 3, 4])
        page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
        self.assertIn("<table", page)
        self.assertTrue("data:image/svg+xml" in page or "<svg" in page)
        self.assertIn("ansi-red", page)
        self.assertNotIn("<script>alert(1)", page)
        if "NASH_PAGE" in os.environ:  # to be looked at
            with open(os.environ["NASH_PAGE"], "w") as file:
                file.write(page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as prefix:
        install = [NASH, "kernel", "install", "--prefix", prefix, "--python", sys.executable]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
        os.environ["JUPYTER_PATH"] = prefix + "/share/jupyter"
        suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
        result = unittest.TextTestRunner().run(suite)
    sys.exit(not result.wasSuccessful())
