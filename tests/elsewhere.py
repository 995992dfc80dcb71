"""Sixty ways to write an address of another site that a careless check takes for one of ours."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

EVIL = "evil.example"
HERE = "localhost"

ELSEWHERE = [
    f"https://{EVIL}/",
    f"http://{EVIL}",
    f"HTTPS://{EVIL}",
    f"hTtPs://{EVIL}/account",
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"/////{EVIL}/account",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"\\\\\\{EVIL}",
    f"/\\/{EVIL}",
    f"//\\{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r/{EVIL}",
    f"/\r\n/{EVIL}",
    f"\t//{EVIL}",
    f"\n//{EVIL}",
    f"/\t\\{EVIL}",
    f"/account\r\nLocation: https://{EVIL}",
    f" https://{EVIL}",
    f" //{EVIL}",
    f"\x00//{EVIL}",
    f"\x19//{EVIL}",
    f"\u200a//{EVIL}",
    f"\u3000//{EVIL}",
    f"\ufeff//{EVIL}",
    f"h\tttps://{EVIL}",
    f"https:\t//{EVIL}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"https:\\\\{EVIL}",
    f"https:/\\{EVIL}",
    f"http:/\\/\\{EVIL}",
    f"ftp://{EVIL}",
    f"ws://{EVIL}",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://evil.example/1",
    f"https://{HERE}@{EVIL}",
    f"https://{HERE}:80@{EVIL}/account",
    f"https://{HERE}%40{EVIL}",
    f"https://{HERE}.{EVIL}",
    f"//{HERE}:80@{EVIL}",
    f"https://{EVIL}#{HERE}",
    f"https://{EVIL}?{HERE}/account",
    f"https://{EVIL}\\.{HERE}",
    f"https://{EVIL}%2f.{HERE}",
    f"//{EVIL}%00.{HERE}",
    f"//{EVIL}\u3002{HERE}",
    f"/%09/{EVIL}",
    f"/%2f/{EVIL}",
    f"/%5c{EVIL}",
    f"%2f%2f{EVIL}",
    f"/.//{EVIL}",
    f"/account/..//{EVIL}",
    f"/..//{EVIL}",
    f"https://[{EVIL}]",
    "https://[::1]",
    "https://0x7f000001/",
]


def leads_to(location: str, page: str = f"http://{HERE}/account/sign-in") -> str:
    """The host that a browser goes to from a page for a Location, as URLs are read (WHATWG)."""
    read = location.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    try:
        there = urlsplit(urljoin(page, read.replace("\\", "/")))
    except ValueError:  # no address: a browser stays
        return HERE
    return there.netloc or f"{there.scheme}:"
