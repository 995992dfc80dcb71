"""What readers say of a machine: sent, decided by a moderator in the open, published, counted."""
