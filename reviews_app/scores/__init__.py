"""What facts add up to: a published method, the parts it reads, and the score of a machine."""
