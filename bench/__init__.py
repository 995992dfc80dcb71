"""Benchmarks of the browse index beside what people use for the same work; `make bench` runs them.

Outside the tests and the package: nothing of the site imports this.
"""
