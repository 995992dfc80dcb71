"""What the site looks like, kept as pictures; run by hand, read by no program."""
