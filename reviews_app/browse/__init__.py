"""How a reader narrows the catalogue: Selection in, Listing out."""
