"""Web pages in a wrapping: saved as one file (.mht), sent by mail (.eml), put together by a script."""

from __future__ import annotations

import json
from email import charset, encoders
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

from govinfo.testing.formats.model import Format
from govinfo.testing.layouts.html import html, html_page, html_word
from govinfo.testing.layouts.model import encode
from govinfo.testing.sheet import Sheet

__all__ = ["PAGE_FORMATS", "page_as_mhtml", "page_in_script", "write_eml", "write_mhtml", "write_mhtml_word"]

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def page_as_mhtml(page: bytes, encoding: str = "utf-8", *, base64: bool = False) -> bytes:
    """Return a web page saved as a single file, with a picture.

    Args:
        page: its bytes.
        encoding: what they are in, as the file says.
        base64: write it in base64 as Word does; otherwise in quoted-printable as browsers do.
    """
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://www.example.gov.cn/zwgk/nb/art_1.html"
    part = MIMENonMultipart("text", "html", charset=encoding)
    part["Content-Location"] = "https://www.example.gov.cn/zwgk/nb/art_1.html"
    if base64:
        part.set_payload(page)
        encoders.encode_base64(part)
    else:
        part.set_payload(page)
        encoders.encode_quopri(part)
    message.attach(part)
    picture = MIMEBase("image", "png")
    picture["Content-Location"] = "https://www.example.gov.cn/images/logo.png"
    picture.set_payload(_PICTURE)
    encoders.encode_base64(picture)
    message.attach(picture)
    return message.as_bytes()


def write_mhtml(sheet: Sheet) -> bytes:
    """A page of a government site saved by a browser."""
    return page_as_mhtml(encode(html_page(sheet)))


def write_mhtml_word(sheet: Sheet) -> bytes:
    """A Word document saved as a single-file web page: base64, in GBK."""
    return page_as_mhtml(encode(html_word(sheet), "gb18030", "gb2312"), "gb2312", base64=True)


def write_eml(sheet: Sheet) -> bytes:
    """A report in the body of a message, as text that says nothing and as HTML."""
    message = MIMEMultipart("mixed")
    message["Subject"] = "年度报告"
    message["From"] = "office@example.gov.cn"
    body = MIMEMultipart("alternative")
    quoted = charset.Charset("utf-8")
    quoted.body_encoding = charset.QP
    body.attach(MIMEText("请用支持网页格式的邮件程序查看。", "plain", "utf-8"))
    body.attach(MIMEText(html(sheet), "html", quoted))  # type: ignore[arg-type]
    message.attach(body)
    return message.as_bytes()


_LOADED = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>政府信息公开年报</title>
</head>
<body>
<div id="content">正在加载……</div>
<script>
var article = {{"id": 1024, "content": {content}}};
document.getElementById("content").innerHTML = article.content;
</script>
</body>
</html>
"""


def page_in_script(page: str) -> str:
    """Return a page that holds another one as a string in a script."""
    body = page[page.index("<body>") + len("<body>") : page.index("</body>")]
    content = json.dumps(body, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return _LOADED.format(content=content)


def write_script(sheet: Sheet) -> bytes:
    """A page that shows nothing until its script has run."""
    return page_in_script(html(sheet)).encode()


PAGE_FORMATS: tuple[Format, ...] = (
    Format("mhtml", ".mht", write_mhtml),
    Format("mhtml_word", ".mht", write_mhtml_word),
    Format("eml", ".eml", write_eml),
    Format("script", ".html", write_script),
)
