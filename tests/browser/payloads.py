"""Three hundred ways to get a script to run, each of which would call `ran`."""

from __future__ import annotations

from itertools import product

WAYS_OUT = (
    *("", '">', "'>", "</textarea>", "</title>", "</script>", "-->", "</style>", "]]>", "</a>"),
    *("</select>", "</noscript>", '\\">', "{{7*7}}", "${7*7}", "&lt;", "</template>", "</svg>"),
    *("</p>", "`>"),
)
"""What would close whatever a text stands in."""

SCRIPTS = (
    "<script>ran()</script>",
    "<ScRiPt>ran()</sCrIpT>",
    "<img src=x onerror=ran()>",
    "<img src=x:x onerror=&#114;an()>",
    "<svg onload=ran()>",
    "<svg><animate onbegin=ran() attributeName=x dur=1s>",
    "<body onload=ran()>",
    "<iframe srcdoc='<script>parent.ran()</script>'>",
    "<details open ontoggle=ran()>x</details>",
    "<video><source onerror=ran()></video>",
    "<input autofocus onfocus=ran()>",
    "<style onload=ran()></style>",
    "<math><img src=x onerror=ran()>",
    "<audio src=x onerror=ran()>",
    "<a href=javascript:ran() autofocus onfocus=ran() tabindex=1>x</a>",
)

PAYLOADS = tuple(f"{out}{script}" for script, out in product(SCRIPTS, WAYS_OUT))

FEW = PAYLOADS[:: len(PAYLOADS) // 40][:40]
"""Some of every kind, for a quick look."""
