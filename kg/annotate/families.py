"""The families of kinds that the grammar asks for: local names of classes of the ontology."""

from __future__ import annotations

PLACES = frozenset(
    ("Place", "Country", "AdministrativeArea", "Province", "District", "PopulatedPlace", "Facility", "Region")
)
ORGANIZATIONS = frozenset(
    (
        "Organization",
        "ArmedGroup",
        "MilitaryUnit",
        "GovernmentBody",
        "PoliticalParty",
        "NewsOrganization",
        "InternationalOrganization",
        "Company",
    )
)
AGENTS = ORGANIZATIONS | {"Person", "Group"}
_FAMILY = {
    **dict.fromkeys(PLACES, "Place"),
    **dict.fromkeys(ORGANIZATIONS, "Organization"),
    "Person": "Person",
    "Group": "Group",
}


def family(kind: str) -> str:
    """``Person``, ``Organization``, ``Group`` or ``Place``: the disjoint class above `kind`."""
    return _FAMILY.get(kind, kind)
