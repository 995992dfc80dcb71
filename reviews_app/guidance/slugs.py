"""How words become an id that can stand in an address."""

from __future__ import annotations

import re
import unicodedata


def slug(words: str) -> str:
    """Lower-case letters and digits joined by single hyphens: "EMS / NMES" gives "ems-nmes".

    Accents and apostrophes fall away; "" where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", words)).encode("ascii", "ignore")
    return "-".join(re.findall("[a-z0-9]+", plain.decode("ascii").lower()))
