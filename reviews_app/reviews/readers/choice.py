"""What a reader chose among the reviews of a machine; survives the trip to the address and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from reviews_app.errors import NotFound
from reviews_app.reviews.readers.rules import RATINGS, Fitted

NEWEST = "newest"

SORTS = {
    NEWEST: "Newest first",
    "helpful": "Most helpful first",
    "highest": "Most stars first",
    "lowest": "Fewest stars first",
}
"""The orders; the first is the default and knows nothing of stars."""

OWNED = {6: "6 months or more", 12: "1 year or more", 24: "2 years or more"}
"""How long its owner has had the machine, at least."""


@dataclass(frozen=True)
class Choice:
    """Which reviews, in which order; None where it does not matter."""

    stars: int | None = None
    need: str | None = None
    owned: int | None = None
    fitted: str | None = None
    sort: str = NEWEST
    page: int = 1

    @classmethod
    def from_args(cls, args: Iterable[tuple[str, str]], needs: Collection[str]) -> Choice:
        """The choice in an address; of a name given twice the last counts, unknown are ignored.

        Raises NotFound for a value that nothing here has.
        """
        given = {name: value for name, value in args if value}
        offered = {
            "stars": {str(one) for one in RATINGS},
            "need": set(needs),
            "owned": {str(one) for one in OWNED},
            "fitted": {one.value for one in Fitted},
            "sort": set(SORTS),
        }
        for name, values in offered.items():
            if name in given and given[name] not in values:
                raise NotFound(
                    f"Reviews cannot be chosen by {name} “{given[name][:100]}”.",
                    parameter=name,
                    value=given[name],
                )
        page = given.get("page", "1")
        if not (page.isascii() and page.isdigit() and len(page) < 7 and int(page) > 0):
            raise NotFound("There is no such page of reviews.", parameter="page", value=page)
        return cls(
            stars=int(given["stars"]) if "stars" in given else None,
            need=given.get("need"),
            owned=int(given["owned"]) if "owned" in given else None,
            fitted=given.get("fitted"),
            sort=given.get("sort", NEWEST),
            page=int(page),
        )

    def as_args(self) -> list[tuple[str, str]]:
        """The one way to write it into an address: fixed order, no defaults."""
        chosen = [
            (name, str(value))
            for name in ("stars", "need", "owned", "fitted")
            if (value := getattr(self, name)) is not None
        ]
        sort = [("sort", self.sort)] if self.sort != NEWEST else []
        page = [("page", str(self.page))] if self.page > 1 else []
        return [*chosen, *sort, *page]

    @property
    def narrows(self) -> bool:
        """Whether some reviews are left out."""
        return any(one is not None for one in (self.stars, self.need, self.owned, self.fitted))

    def with_stars(self, stars: int | None) -> Choice:
        """The same with these stars, or any; from the first page."""
        return replace(self, stars=stars, page=1)

    def with_page(self, page: int) -> Choice:
        """Another page of the same."""
        return replace(self, page=page)
