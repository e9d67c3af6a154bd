"""What a person looks at: an annotated article, an entity. Values in, styled paragraphs or JSON out.

Nothing here prints, and nothing knows of a terminal: `kg.cli.screen` wraps and colours the paragraphs.
"""
