"""What is known: its files, its rows and its Markdown."""
