"""Read news articles into a knowledge graph of who did what to whom, where, when, and on whose word."""
