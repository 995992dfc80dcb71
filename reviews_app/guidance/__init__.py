"""What is known about massage for legs: claims with grades, who should not, needs, guides."""
