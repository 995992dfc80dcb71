"""Who has an account, what they may do, and what is kept about them while they have it."""
