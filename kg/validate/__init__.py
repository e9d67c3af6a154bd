"""CHECK: a graph against the shapes (SHACL), as a report that a person can act on."""

from kg.validate.report import Report, Violation
from kg.validate.shapes import validate

__all__ = ["Report", "Violation", "validate"]
