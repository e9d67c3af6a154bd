"""MAP: values as RDF, in named graphs, sorted, in six formats."""
