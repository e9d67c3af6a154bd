"""Which mentions speak of the same thing: chains are joined by names, descriptions and pronouns.

A sieve, the surest steps first (Raghunathan et al. 2010): each step joins chains or gives mentions a
chain; what no step is sure of stays apart.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.columns import Columns, columns
from kg.annotate.descriptions import Descriptions
from kg.annotate.evidence import PERSON
from kg.annotate.introductions import Introductions
from kg.annotate.joining import Joining
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import layer
from kg.annotate.pronouns import Pronouns
from kg.annotate.words import GivenNames, Nouns, Titles, given_names, nouns, titles
from kg.model import Form


class Coreference:
    """Joins the chains of a document and adds descriptions of places and pronouns to them."""

    def __init__(
        self, gazetteers: GazetteerLike | None, nouns: Nouns, titles: Titles, given: GivenNames
    ) -> None:
        self.gazetteers, self.nouns, self.titles, self.given = gazetteers, nouns, titles, given

    def configure(self, gazetteers: GazetteerLike) -> None:
        """Give the component its gazetteers."""
        self.gazetteers = gazetteers

    def __call__(self, doc: Doc) -> Doc:
        assert self.gazetteers is not None
        c, found = columns(doc), layer(doc)
        joining = Joining(found)
        Descriptions(c, joining, self.gazetteers, self.nouns, self.titles).join()
        _join_predicates(c, joining)
        Introductions(c, joining, self.titles).join()
        Pronouns(c, joining, self.nouns, self.given).join()
        _hold_at_owners(c, joining)
        joining.settle()
        return doc


def _join_predicates(c: Columns, joining: Joining) -> None:
    """*X was a militant from Y*: the militant is X."""
    found = joining.layer
    for mention in found.mentions:
        verb = c.head[mention.root]
        if (
            mention.form is not Form.NOMINAL
            or mention.kind != PERSON
            or c.dep[mention.root] != "attr"
            or c.lemma[verb] != "be"
            or not any(c.tag[k] == "DT" for k in c.children[mention.root])
            or any(c.dep[k] in ("neg", "aux") for k in c.children[verb])
        ):
            continue
        for k in c.children[verb]:
            index = found.mention_of.get(k)
            if c.dep[k] == "nsubj" and index is not None:
                subject = found.mentions[index]
                if subject.form is Form.NAMED and subject.kind == PERSON:
                    joining.join(subject.chain, mention.chain)


def _hold_at_owners(c: Columns, joining: Joining) -> None:
    """*Its chairman, X*: the post of X is held at what *its* means."""
    found = joining.layer
    for holding in found.holdings:
        if holding.at is not None or not holding.title:
            continue
        holder = joining.find(holding.holder)
        noun = holding.title.split()[-1].lower()
        for mention in found.mentions:
            if joining.find(mention.chain) != holder or c.lower[mention.root] != noun:
                continue
            owners = [k for k in c.children[mention.root] if c.tag[k] == "PRP$" and k in found.mention_of]
            for k in owners:
                chain = joining.find(found.mentions[found.mention_of[k]].chain)
                if found.chains[chain].named and found.chains[chain].kind != PERSON:
                    holding.at = chain


@Language.factory(
    "kg_coreference", requires=["doc._.kg", "token.pos", "token.dep", "token.lemma"], assigns=["doc._.kg"]
)
def make_coreference(nlp: Language, name: str) -> Coreference:
    """The component, to be given its gazetteers by `configure`."""
    del nlp, name
    return Coreference(None, nouns(), titles(), given_names())
