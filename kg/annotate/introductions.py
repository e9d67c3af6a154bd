"""People told of first by their post and then by name: *a local mayor said … . X said …*.

News writers say at first mention who somebody is; a full name that comes without a word of that, as the
next speaker after an unnamed one, is that one's name.
"""

from __future__ import annotations

from kg.annotate.columns import Columns
from kg.annotate.evidence import PERSON
from kg.annotate.joining import Joining
from kg.annotate.layer import Holding, Mention
from kg.annotate.words import Titles
from kg.model import Form

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_REACH = 2  # sentences


class Introductions:
    """Joins an unnamed speaker to the name that follows."""

    def __init__(self, c: Columns, joining: Joining, titles: Titles) -> None:
        self.c, self.joining, self.titles = c, joining, titles
        self.layer = joining.layer

    def join(self) -> None:
        """Look at each unnamed speaker with a post, and at the next named one."""
        held = {self.joining.find(holding.holder) for holding in self.layer.holdings}
        people = sorted((m for m in self.layer.mentions if m.kind == PERSON), key=lambda m: m.start)
        for at, mention in enumerate(people):
            chain = self.joining.find(mention.chain)
            alone = len(self.layer.chains[mention.chain].mentions) == 1 and chain == mention.chain
            if (
                mention.form is not Form.NOMINAL
                or not alone
                or not self._post(mention)
                or not self._speaks(mention)
            ):
                continue
            named = next((m for m in people[at + 1 :] if m.form is Form.NAMED), None)
            if (
                named is None
                or self.joining.find(named.chain) in held
                or not self._introduces(mention, named)
            ):
                continue
            title = self.c.words(mention.start, mention.end)
            for holding in [h for h in self.layer.holdings if h.holder == chain]:
                title = holding.title
            self.joining.join(named.chain, mention.chain)
            if not any(h.holder == chain for h in self.layer.holdings):
                index = self.layer.mentions.index(named)
                self.layer.holdings.append(Holding(named.chain, title, evidence=(index,)))

    def _post(self, mention: Mention) -> bool:
        lemma = self.c.lemma[mention.root]
        return lemma in self.titles.posts or lemma in self.titles.members

    def _speaks(self, mention: Mention) -> bool:
        """Whether the mention is the subject of a verb with a clause or quotation below or around it."""
        c = self.c
        verb = c.head[mention.root]
        if c.dep[mention.root] not in _SUBJECT:
            return False
        return any(c.dep[k] in ("ccomp", "parataxis") for k in c.children[verb]) or c.dep[verb] == "parataxis"

    def _introduces(self, mention: Mention, named: Mention) -> bool:
        c = self.c
        first = min(self.layer.chains[named.chain].mentions, key=lambda i: self.layer.mentions[i].start)
        distance = c.sentence[named.start] - c.sentence[mention.start]
        described = c.text[named.end : named.end + 1] == [","] and c.tag[named.end + 1 : named.end + 2] != [
            "VBG"
        ]
        return (
            self.layer.mentions[first] is named
            and named.end - named.start > 1
            and 1 <= distance <= _REACH
            and not described
            and self._speaks(named)
        )
