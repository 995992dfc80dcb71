"""The picture that stands for the site elsewhere; run by hand, read by no program."""
