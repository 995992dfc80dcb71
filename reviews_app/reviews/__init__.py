"""What we say of machines: desk reviews, written from cited facts, and nothing we have not read."""
