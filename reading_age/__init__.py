"""How old a reader must be to read our prose with ease; for who writes it, not for the site."""
