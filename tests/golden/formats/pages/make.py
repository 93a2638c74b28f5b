"""Makes ``chromium.mht``: a page of a made-up site, with its report in a frame, saved by Chromium as a single file.

    python tests/golden/formats/pages/make.py

Needs ``chromium``. The page is saved through its debugging pipe (``Page.captureSnapshot``).
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from govinfo.testing import example_report, render

HERE = Path(__file__).parent
REPORT = example_report("2021", 21, profile="large")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "report.html").write_bytes(render(REPORT, "html", encoding="gb18030", declared="gb2312"))
        (site / "index.html").write_text(
            '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>年报_甲市</title></head><body>'
            '<div>首页 &gt; 政府信息公开年报</div><iframe src="report.html" width="900" height="9000"></iframe>'
            "</body></html>",
            encoding="utf-8",
        )
        (HERE / "chromium.mht").write_bytes(snapshot((site / "index.html").as_uri(), folder))


def snapshot(address: str, profile: str) -> bytes:
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
    command += ["--allow-file-access-from-files", f"--user-data-dir={profile}/profile", "about:blank"]

    def handles() -> None:
        os.dup2(to_read, 13)
        os.dup2(from_write, 14)
        os.dup2(13, 3)
        os.dup2(14, 4)

    process = subprocess.Popen(
        command, preexec_fn=handles, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    count = 0
    buffer = b""

    def call(method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        nonlocal count, buffer
        count += 1
        message: dict[str, Any] = {"id": count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(to_write, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in buffer:
                buffer += os.read(from_read, 1 << 20)
            one, _, buffer = buffer.partition(b"\0")
            answer = json.loads(one)
            if answer.get("id") == count:
                return dict(answer["result"])

    try:
        target = call("Target.createTarget", url="about:blank")["targetId"]
        session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        call("Page.enable", session)
        call("Page.navigate", session, url=address)
        wait = "new Promise(done => setTimeout(done, 2000))"
        call("Runtime.evaluate", session, expression=wait, awaitPromise=True)
        return str(call("Page.captureSnapshot", session, format="mhtml")["data"]).encode()
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
