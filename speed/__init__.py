"""How fast five pages are to a person on a mid-range phone: outside the tests (`make speed`)."""
