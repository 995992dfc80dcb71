"""What machines are: products, brands, types, attributes, facts and where each came from."""
