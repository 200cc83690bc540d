"""Jupyter's conformance suite for kernels (jupyter_kernel_test), and what it leaves open.

Run by scripts/notebooks, which has installed the kernel "flnft".
"""

import json
import time
import unittest
from queue import Empty

import jupyter_kernel_test as suite
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_kernel_test.msgspec_v5 import validate_message

PICTURE = "image/svg+xml"


class Conformance(suite.KernelTests):
    kernel_name = "flnft"
    language_name = "lua"
    file_extension = ".lua"
    code_hello_world = "print('hello, world')"
    code_stderr = "io.stderr:write('to the error stream')"
    completion_samples = [
        {"text": "string.rep", "matches": ["rep"]},
        {"text": "fl.federa", "matches": ["federation"]},
        {"text": "é = '😀' fl.federa", "matches": ["federation"]},
    ]
    complete_code_samples = ["x = 1", "for i = 1, 2 do print(i) end", "1 + 1", "?fl"]
    incomplete_code_samples = ["for i = 1, 2 do", "f(", "x = [[text", "fl.federation{"]
    invalid_code_samples = ["x = = 1", "end"]
    code_page_something = "?fl.federation"
    code_generate_error = "error('boom')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "1 + 4", "result": "5"},
        {"code": "x = 6\nx * 7", "result": "42"},
        {"code": "{ b = 2, a = 1 }", "result": "{ a = 1, b = 2 }"},
        {"code": "plot.line{ y = { 1, 4 } }", "mime": PICTURE},
        {"code": "auction.double{ asks = { 1, 2 }, bids = { 3, 4 } }", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "display(plot.line{ y = { 1, 4, 9 } })", "mime": PICTURE},
        {"code": "for i = 1, 2 do display(i) end", "mime": "text/plain"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "fl.federation"
    code_clear_output = "clear_output()"


class Welcome(suite.IopubWelcomeTests):
    kernel_name = "flnft"
    support_iopub_welcome = True


class Behaviour(unittest.TestCase):
    """What the suite does not ask."""

    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="flnft")

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def outputs(self, identifier, timeout=30):
        """What comes on iopub for a request, up to its idle status."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != identifier:
                continue
            validate_message(message)
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    return messages
                continue
            messages.append(message)

    def reply(self, identifier, timeout=30):
        while True:
            message = self.client.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == identifier:
                validate_message(message)
                return message["content"]

    def run_cell(self, code, **options):
        identifier = self.client.execute(code, **options)
        return self.reply(identifier), self.outputs(identifier)

    @staticmethod
    def stream(messages, name="stdout"):
        return "".join(
            m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == name
        )

    def count(self):
        return self.run_cell("", silent=True)[0]["execution_count"]

    def test_json_forms_are_objects(self):
        _, messages = self.run_cell("plot.bar{ y = { 1, 2 }, title = 'bars' }")
        data = messages[-1]["content"]["data"]
        self.assertIn("text/plain", data)
        self.assertTrue(data[PICTURE].startswith("<svg"))
        for form, content in data.items():
            if form.endswith("json"):
                self.assertIsInstance(content, dict)

    def test_the_last_expression_is_shown_and_a_semicolon_hides_it(self):
        _, messages = self.run_cell("local a = 20\nlocal b = 22\na + b")
        self.assertEqual(messages[-1]["content"]["data"]["text/plain"], "42")
        _, messages = self.run_cell("local a = 20\na + 1;")
        self.assertEqual([m["msg_type"] for m in messages], ["execute_input"])
        _, messages = self.run_cell("n = 0\nfor i = 1, 3 do\n  n = n + 1\n  tostring(n)\nend")
        self.assertEqual(self.run_cell("n")[1][-1]["content"]["data"]["text/plain"], "3")

    def test_a_silent_cell_says_nothing_and_is_not_counted(self):
        before = self.count()
        reply, messages = self.run_cell("print('x') display(1) kept = 7 return 2", silent=True)
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(messages, [])
        self.assertEqual(self.count(), before)
        reply, messages = self.run_cell("kept", store_history=False)
        self.assertEqual(messages[-1]["content"]["data"]["text/plain"], "7")
        self.assertEqual(self.count(), before)

    def test_errors_carry_kind_and_traceback(self):
        reply, messages = self.run_cell("function inner()\n  error('boom')\nend\ninner()\nx = 1")
        self.assertEqual(reply["status"], "error")
        error = messages[-1]["content"]
        self.assertIn("boom", error["evalue"])
        text = "\n".join(error["traceback"])
        self.assertRegex(text, r"In\[\d+\]:2")
        self.assertRegex(text, r"In\[\d+\]:4")
        reply, _ = self.run_cell("fl.federation{ client = 3 }")
        self.assertEqual(reply["ename"], "InvalidParameter")
        self.assertIn("did you mean 'clients'", reply["evalue"])

    def test_cells_that_wait_are_aborted(self):
        first = self.client.execute("local t = os.clock() while os.clock() - t < 0.3 do end error('first')")
        others = [self.client.execute(f"ran{n} = true") for n in range(3)]
        self.assertEqual(self.reply(first)["status"], "error")
        for other in others:
            self.assertEqual(self.reply(other)["ename"], "Aborted")
        reply, messages = self.run_cell("ran0 == nil and ran1 == nil and ran2 == nil")
        self.assertEqual(messages[-1]["content"]["data"]["text/plain"], "true")
        first = self.client.execute(
            "local t = os.clock() while os.clock() - t < 0.3 do end error('first')", stop_on_error=False
        )
        second = self.client.execute("1 + 1")
        self.assertEqual(self.reply(first)["status"], "error")
        self.assertEqual(self.reply(second)["status"], "ok")
        self.outputs(second)

    def test_user_expressions(self):
        reply, _ = self.run_cell("u = 5", user_expressions={"sum": "u + 1", "wrong": "nothing.here"})
        answers = reply["user_expressions"]
        self.assertEqual(answers["sum"]["data"]["text/plain"], "6")
        self.assertEqual(answers["wrong"]["status"], "error")

    def test_input(self):
        identifier = self.client.execute(
            "io.write('name? ') local name = io.read() local n = io.read('n') print(name, n + 1)", allow_stdin=True
        )
        for answer in ["Zoë 😀", "41"]:
            request = self.client.get_stdin_msg(timeout=10)
            self.assertEqual(request["msg_type"], "input_request")
            self.client.input(answer)
        self.assertEqual(self.reply(identifier)["status"], "ok")
        self.assertEqual(self.stream(self.outputs(identifier)), "name? Zoë 😀\t42\n")
        reply, _ = self.run_cell("io.read()", allow_stdin=False)
        self.assertEqual(reply["ename"], "NoInput")

    def test_input_can_be_interrupted(self):
        identifier = self.client.execute("while true do pcall(io.read) end", allow_stdin=True)
        self.client.get_stdin_msg(timeout=10)
        self.manager.interrupt_kernel()
        self.assertEqual(self.reply(identifier)["ename"], "Interrupted")

    def interrupted_after(self, code):
        identifier = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == "stream" and "go" in message["content"]["text"]:
                break
        time.sleep(0.3)
        start = time.monotonic()
        self.manager.interrupt_kernel()
        reply = self.reply(identifier)
        delay = time.monotonic() - start
        self.assertEqual(reply["ename"], "Interrupted")
        return delay

    def test_interrupts(self):
        loop = "print('go') while true do pcall(function() while true do end end) end"
        training = (
            "local f = fl.federation{ data = data.digits{ train = 2000, test = 200 }, clients = 4 } print('go') "
            "f:train{ rounds = 100000, iterations = 1000 }"
        )
        for code in [loop, training]:
            delays = sorted(self.interrupted_after(code) for _ in range(3))
            print(f"notebooks: a cell stops {1000 * delays[1]:.0f} ms after it was interrupted (median of 3)")
            self.assertLess(delays[1], 0.5)
        # However often, the session stays.
        self.client.execute("survivor = 1")
        identifier = self.client.execute("print('go') while true do end")
        for _ in range(6):
            time.sleep(0.05)
            self.manager.interrupt_kernel()
        self.reply(identifier)
        self.assertEqual(self.run_cell("survivor")[1][-1]["content"]["data"]["text/plain"], "1")

    def test_progress_updates_one_display(self):
        identifier = self.client.execute(
            "f = fl.federation{ data = data.digits{ train = 2000, test = 200 }, clients = 2 } "
            "f:train{ rounds = 100000, iterations = 100 }"
        )
        time.sleep(4)
        self.manager.interrupt_kernel()
        self.assertEqual(self.reply(identifier)["ename"], "Interrupted")
        messages = self.outputs(identifier)
        shown = [m for m in messages if m["msg_type"] in ("display_data", "update_display_data")]
        updates = [m for m in shown if m["msg_type"] == "update_display_data"]
        # Twice a second and no more.
        self.assertGreater(len(updates), 1)
        self.assertLess(len(updates), 12)
        known = {m["content"]["transient"]["display_id"] for m in shown if m["msg_type"] == "display_data"}
        self.assertTrue({m["content"]["transient"]["display_id"] for m in updates} <= known)

    def test_a_flood_is_bounded(self):
        code = "local line = ('x'):rep(1023) .. '\\n' for i = 1, 100 * 1024 do io.write(line) end"
        start = time.monotonic()
        reply, messages = self.run_cell(code)
        self.assertEqual(reply["status"], "ok")
        self.assertLess(time.monotonic() - start, 20)
        self.assertEqual(len(self.stream(messages)), 1 << 20)
        remark = self.stream(messages, "stderr")
        self.assertIn("100 MiB printed in all", remark)
        path = remark.split("the rest goes to ")[1].split("]")[0]
        with open(path) as file:
            self.assertEqual(sum(len(line) for line in file), 99 << 20)
        _, messages = self.run_cell("('y'):rep(100 * 1024 * 1024)")
        self.assertLess(len(messages[-1]["content"]["data"]["text/plain"]), 1.1 * (1 << 20))
        self.assertEqual(self.run_cell("1 + 1")[1][-1]["content"]["data"]["text/plain"], "2")

    def test_streams_come_as_they_are_printed_and_not_too_often(self):
        identifier = self.client.execute(
            "print('early') local t = os.clock() "
            "while os.clock() - t < 1 do local u = os.clock() while os.clock() - u < 0.001 do end print('tick') end"
        )
        start, early, pieces = time.monotonic(), None, 0
        while True:
            message = self.client.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") != identifier:
                continue
            if message["msg_type"] == "stream":
                early = early or time.monotonic() - start
                pieces += 1
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        elapsed = time.monotonic() - start
        self.reply(identifier)
        self.assertLess(early, 0.5 * elapsed)
        self.assertGreater(pieces, 5)
        self.assertLess(pieces, 20 * elapsed + 5)

    def test_comms_are_refused(self):
        message = self.client.session.msg("comm_open", {"comm_id": "c1", "target_name": "widget", "data": {}})
        self.client.shell_channel.send(message)
        while True:
            answer = self.client.get_iopub_msg(timeout=10)
            if answer["msg_type"] == "comm_close":
                self.assertEqual(answer["content"]["comm_id"], "c1")
                break
        identifier = self.client.comm_info()
        self.assertEqual(self.reply(identifier)["comms"], {})

    def test_unknown_messages_are_ignored(self):
        for channel in [self.client.shell_channel, self.client.control_channel]:
            channel.send(self.client.session.msg("no_such_request", {}))
        self.assertEqual(self.run_cell("2 + 2")[1][-1]["content"]["data"]["text/plain"], "4")

    def test_a_wrong_signature_is_dropped(self):
        key, session = self.client.session.key, self.client.session
        session.key = b"not the key"
        self.client.execute("forged = true")
        session.key = key
        self.assertEqual(self.run_cell("forged == nil")[1][-1]["content"]["data"]["text/plain"], "true")

    def test_completion_counts_code_points(self):
        code = "é = '😀' .. fl.federa"
        identifier = self.client.complete(code)
        reply = self.reply(identifier)
        self.assertEqual(code[: reply["cursor_start"]], "é = '😀' .. fl.")
        self.assertEqual(reply["cursor_end"], len(code))
        identifier = self.client.inspect("é = '😀' .. fl.federation{ ", len("é = '😀' .. fl.federation{ "))
        self.assertIn("fl.federation", self.reply(identifier)["data"]["text/plain"])


class Lifetime(unittest.TestCase):
    def test_ready_soon_and_complete_soon(self):
        manager = KernelManager(kernel_name="flnft")
        start = time.monotonic()
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.kernel_info()
            client.get_shell_msg(timeout=10)
            ready = time.monotonic() - start
            print(f"notebooks: the kernel answers {1000 * ready:.0f} ms after it was started")
            self.assertLess(ready, 2)
            times = []
            for _ in range(20):
                start = time.monotonic()
                identifier = client.complete("fl.")
                while client.get_shell_msg(timeout=5)["parent_header"]["msg_id"] != identifier:
                    pass
                times.append(time.monotonic() - start)
            print(f"notebooks: a completion takes {1000 * sorted(times)[10]:.1f} ms (median of 20)")
            self.assertLess(sorted(times)[10], 0.1)
        finally:
            client.stop_channels()
            manager.shutdown_kernel()

    def test_restart_and_shutdown_while_a_cell_runs(self):
        manager, client = start_new_kernel(kernel_name="flnft")
        try:
            client.execute("kept = 1 while true do end")
            time.sleep(0.3)
            start = time.monotonic()
            manager.restart_kernel()
            self.assertLess(time.monotonic() - start, 4)
            client.wait_for_ready(timeout=10)
            identifier = client.execute("kept == nil")
            while True:
                message = client.get_iopub_msg(timeout=10)
                if message["msg_type"] == "execute_result" and message["parent_header"]["msg_id"] == identifier:
                    self.assertEqual(message["content"]["data"]["text/plain"], "true")
                    break
            process = manager.provisioner.process
            client.execute("while true do end")
            time.sleep(0.3)
            client.shutdown()
            self.assertEqual(process.wait(timeout=4), 0)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    unittest.main()
