"""Adapters: text to vectors, and the throw-away index over them."""
