"""Runs a notebook in JupyterLab in a headless Chromium, and takes its picture.

Usage: screenshot.py NOTEBOOK FOLDER. Needs jupyterlab and selenium from PyPI, and Debian's chromium and chromium-driver.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

notebook, folder = Path(sys.argv[1]), Path(sys.argv[2])
browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
if not browser or not driver:
    print("notebooks: there is no chromium with its driver; the screenshot is left out")
    sys.exit(0)

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]

with tempfile.TemporaryDirectory() as root:
    shutil.copy(notebook, root)
    log = open(Path(root) / "server.log", "w")
    server = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "jupyter"), "lab", "--no-browser", "--allow-root", f"--port={port}",
            "--expose-app-in-browser", "--IdentityProvider.token=", f"--ServerApp.root_dir={root}",
            "--LabApp.news_url=None", "--ServerApp.disable_check_xsrf=True",
        ],
        stdout=log, stderr=log,
    )
    try:
        options = Options()
        options.binary_location = browser
        for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,3600"]:
            options.add_argument(flag)
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    sys.exit("notebooks: JupyterLab does not start:\n" + (Path(root) / "server.log").read_text()[-2000:])
                time.sleep(0.5)
        page = webdriver.Chrome(options=options, service=Service(driver))
        try:
            page.set_page_load_timeout(120)
            page.get(f"http://127.0.0.1:{port}/lab/tree/{notebook.name}?reset")
            wait = WebDriverWait(page, 120)
            wait.until(lambda d: d.execute_script("return !!window.jupyterapp && document.querySelector('.jp-Notebook') != null"))
            idle = (
                "const panel = window.jupyterapp.shell.currentWidget;"
                "return panel?.sessionContext?.session?.kernel?.status === 'idle'"
            )
            wait.until(lambda d: d.execute_script(idle))
            page.execute_script("window.jupyterapp.commands.execute('application:toggle-left-area')")
            page.execute_async_script(
                "const done = arguments[0];"
                "window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => done()).catch(() => done())"
            )
            wait.until(lambda d: d.execute_script(idle))
            time.sleep(5)
            page.execute_script("window.jupyterapp.shell.currentWidget.content.node.scrollTop = 0")
            time.sleep(2)
            count = page.execute_script(
                "const all = (selector) => [...document.querySelectorAll(selector)];"
                "return {"
                "  tables: all('.jp-OutputArea-output table').filter((t) => t.offsetHeight > 20).length,"
                "  plots: all('.jp-OutputArea-output img').filter((i) => i.naturalWidth > 100).length"
                "    + all('.jp-OutputArea-output svg, .jp-OutputArea-output canvas').filter((s) => s.clientHeight > 100).length,"
                "  errors: all('.jp-OutputArea-output[data-mime-type=\"application/vnd.jupyter.error\"]').length"
                "}"
            )
            picture = folder / "jupyterlab.png"
            folder.mkdir(parents=True, exist_ok=True)
            if not page.save_screenshot(str(picture)):
                sys.exit(f"notebooks: {picture} cannot be written")
        finally:
            page.quit()
    finally:
        server.terminate()
        server.wait(timeout=20)
print(f"notebooks: JupyterLab shows {count['tables']} tables and {count['plots']} plots: {picture}")
if count["errors"] or count["tables"] < 2 or count["plots"] < 5:
    sys.exit(f"notebooks: that is not what the notebook holds: {count}")
