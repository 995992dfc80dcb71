"""Other names of brands: what `aliases.toml` looks like, and what must hold within it."""

from __future__ import annotations

from collections.abc import Mapping, Set

from reviews_app.catalogue.folder import Faults, SeedRecord
from reviews_app.catalogue.records import Words, slugified

ALIASES = "aliases.toml"


class AliasRecord(SeedRecord):
    """Another name readers look for a brand by; `brand` is spelled as its machines spell it."""

    brand: Words
    name: Words
    because: Words
    source: str

    @property
    def id(self) -> str:
        """The id of its row."""
        return f"{slugified(self.brand)}/{slugified(self.name)}"


class AliasesFile(SeedRecord):
    """`aliases.toml`; an empty list takes out those stored."""

    aliases: list[AliasRecord]


def check_aliases(
    aliases: AliasesFile, brands: Mapping[str, str], sources: Set[str], faults: Faults
) -> None:
    """Note aliases of a brand that no machine has, from no source, or that say nothing new.

    brands: the names of the brands of the folder's machines, by slug.
    """
    seen: set[str] = set()
    for position, alias in enumerate(aliases.aliases):
        where = f"aliases.{position}"
        if brands.get(slugified(alias.brand)) != alias.brand:
            faults.add(ALIASES, f"{where}.brand", alias.brand, "is the brand of no machine here")
        if alias.source not in sources:
            faults.add(ALIASES, f"{where}.source", alias.source, "no such source")
        own, other = (slugified(name).split("-") for name in (alias.brand, alias.name))
        if other == [""] or set(other) <= set(own):
            reason = "holds no word that the brand is not found by already"
            faults.add(ALIASES, f"{where}.name", alias.name, reason)
        if alias.id in seen:
            faults.add(ALIASES, f"{where}.name", alias.name, "stands twice for this brand")
        seen.add(alias.id)
