"""*Gunmen attacked a market. The attack …*: which account a definite noun takes up.

What grammar alone can tell is written here, as `Account.retells`; whether anything known of the two tells
against it is judged where accounts are gathered into events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.earlier import REACH, points_back, says_no_more
from kg.annotate.grammar import moves_on
from kg.annotate.layer import Account, Layer
from kg.annotate.lexicon import Lexicon
from kg.annotate.told_together import told_as_one
from kg.model import Status

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_SAME_SCENE = 120  # tokens back to which *the battle* may take up other fighting
_NEAR = 2  # sentences on in which it may say more of what it takes up
_AHEAD = (Status.PLANNED, Status.POSSIBLE)


def tie_retold(doc: Doc, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> None:
    """Write on each account by a definite noun which account before it the noun takes up, where one is."""
    earlier: list[tuple[Telling, int]] = []
    rows = _Rows(found)
    for i in sorted(tellings):
        telling = tellings[i]
        if not telling.accounts or telling.frame.speech:
            continue
        index = telling.accounts[0]
        if len(telling.accounts) == 1 and telling.slots.noun:
            plain = points_back(telling.token) and says_no_more(telling.token)
            if found.accounts[index].retells is None and plain:
                rows.tie(index, _taken_up(doc, rows, telling, earlier, lexicon))
            rows.tie(_equated(telling, found, tellings, lexicon), index)
        if len(telling.accounts) == 1 and lexicon.has(telling.frame.kind, "harm"):
            rows.tie(index, _harmed_with(telling, found, tellings))
        if len(telling.accounts) == 1 and not telling.slots.noun:
            known = _says_more_of(telling, found, tellings, lexicon)
            if known is not None:
                rows.tie(max(index, known), min(index, known))
        earlier.extend((telling, index) for index in telling.accounts)


class _Rows:
    """Accounts tied in rows: `first` of each, and of each row the account that has its day."""

    def __init__(self, found: Layer) -> None:
        self.found = found
        self._first: dict[int, int] = {}
        self._dated: dict[int, Account] = {}

    def first(self, index: int) -> int:
        """The first of the row that the account is in."""
        return self._first.get(index, index)

    def tie(self, index: int | None, known: int | None) -> None:
        """Let `index` take up `known`, where both are given and the days of their rows are no others."""
        if index is None or known is None or self.found.accounts[index].retells is not None:
            return
        mine, theirs = self._day(index), self._day(known)
        if mine is not None and theirs is not None and not _of_one_day(mine, theirs):
            return
        self.found.accounts[index].retells = known
        row, gone = self.first(known), self.first(index)
        for each in [index, *(each for each, first in self._first.items() if first == gone)]:
            self._first[each] = row
        if (day := theirs or mine) is not None:
            self._dated[row] = day

    def _day(self, index: int) -> Account | None:
        account = self.found.accounts[index]
        return self._dated.get(self.first(index)) or (account if account.dated else None)


def _equated(telling: Telling, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> int | None:
    """The account of the words that say what the noun was, when it came about, or what was done in it.

    *The attack was a bombing*; *the attack came when gunmen stormed a hotel*; *stormed it in an assault*.
    """
    noun, verb = telling.token, telling.token.head
    said: list[Token] = []
    if noun.dep_ == "nsubj" and verb.lemma_ == "be":
        said = [c for c in verb.children if c.dep_ == "attr"]
    elif noun.dep_ == "nsubj" and verb.lemma_.lower() in lexicon.occurrence:
        said = [c for c in verb.children if c.dep_ == "advcl" and any(w.lower_ == "when" for w in c.children)]
    elif noun.dep_ == "pobj" and verb.lower_ == "in" and verb.dep_ == "prep" and _indefinite(noun):
        said = [verb.head]
    for token in said:
        other = tellings.get(token.i)
        if other is not None and len(other.accounts) == 1:
            known, account = found.accounts[other.accounts[0]], found.accounts[telling.accounts[0]]
            if _one_family(account.kind, known.kind, lexicon) and _agree(found, telling, known) is not False:
                return other.accounts[0]
    return None


def _harmed_with(telling: Telling, found: Layer, tellings: Mapping[int, Telling]) -> int | None:
    """*Ten were killed and 30 others wounded*: the account of the dead, which is of the same happening."""
    token, other = telling.token, tellings.get(telling.token.head.i)
    if token.dep_ != "conj" or moves_on(token) or other is None or len(other.accounts) != 1:
        return None
    account, known = found.accounts[telling.accounts[0]], found.accounts[other.accounts[0]]
    both = any(
        mine is not None and theirs is not None
        for mine, theirs in ((account.killed, known.killed), (account.wounded, known.wounded))
    )
    if both or account.kind != known.kind or account.status is not known.status:
        return None
    return other.accounts[0] if _of_one_day(account, known) else None


def _says_more_of(
    telling: Telling, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon
) -> int | None:
    """The account of the clause of which a participle tells the same deed.

    *attacked X, hitting it with rockets*; *raids targeting the police*; *a device laid by Y exploded*.
    """
    account, token, above = found.accounts[telling.accounts[0]], telling.token, telling.token.head
    if not told_as_one(account.kind, lexicon):
        return None
    told: list[Telling | None] = []
    if token.tag_ == "VBG" and token.dep_ == "advcl" and not any(c.dep_ == "mark" for c in token.children):
        told = [tellings.get(above.i)]
        told += [t for t in tellings.values() if t.slots.support is not None and t.slots.support.i == above.i]
    elif token.tag_ == "VBG" and token.dep_ == "pcomp" and above.lower_ == "by":
        told = [tellings.get(above.head.i)]
    elif token.dep_ == "acl":
        told = [tellings.get(above.i)]
        if above.dep_ == "pobj" and above.head.lower_ == "of":
            told.append(tellings.get(above.head.head.i))
        if token.tag_ == "VBN" and above.dep_ in ("nsubj", "nsubjpass"):
            told.append(tellings.get(above.head.i))
    for other in told:
        for index in other.accounts if other is not None else ():
            known = found.accounts[index]
            if (
                _one_family(account.kind, known.kind, lexicon)
                and account.status is known.status
                and _none_apart(found, account.agents, known.agents)
                and _none_apart(found, account.places, known.places)
            ):
                return index
    return None


def _none_apart(found: Layer, mine: list[int], theirs: list[int]) -> bool:
    here, there = ({found.mentions[i].chain for i in each} for each in (mine, theirs))
    return not here or not there or not here.isdisjoint(there)


def _indefinite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)


def _taken_up(
    doc: Doc, rows: _Rows, telling: Telling, earlier: list[tuple[Telling, int]], lexicon: Lexicon
) -> int | None:
    """The account told last of which the noun says nothing new; a new detail is believed of the only one."""
    found = rows.found
    account, token = found.accounts[telling.accounts[0]], telling.token
    alike: list[tuple[Telling, int]] = []
    for before, index in reversed(earlier):
        if token.i - before.token.i > REACH:
            break
        if _one_family(account.kind, found.accounts[index].kind, lexicon):
            alike.append((before, index))
    for before, index in alike:
        if len(before.accounts) == 1 and _alike(telling, before, lexicon):
            agreeing = _agree(found, telling, found.accounts[index])
            if agreeing:
                return index
            if agreeing is None and len({rows.first(each) for _, each in alike}) == 1:
                between = sum(bool(doc[i].is_sent_start) for i in range(before.token.i + 1, token.i + 1))
                return index if between <= _NEAR else None
    return None


def _one_family(one: str, other: str, lexicon: Lexicon) -> bool:
    return one == other or (lexicon.has(one, "assault") and lexicon.has(other, "assault"))


def _alike(telling: Telling, before: Telling, lexicon: Lexicon) -> bool:
    """Whether number and words let the one be the other: *the attacks* are not the one attack told."""
    noun, known = telling.token, before.token
    many = noun.tag_ in ("NNS", "NNPS")
    if before.slots.noun and many != (known.tag_ in ("NNS", "NNPS")):
        return False
    if many and not before.slots.noun:
        return False
    lemma, other = noun.lemma_.lower(), known.lemma_.lower()
    if lemma == other:
        return True
    if lexicon.has(telling.frame.kind, "clash") and noun.i - known.i > _SAME_SCENE:
        return False  # *the fighting* of a war is not each battle of it
    return lemma not in lexicon.campaigns and other not in lexicon.lasting


def _agree(found: Layer, telling: Telling, known: Account) -> bool | None:
    """Whether what the noun is told with is told of the `known` account too; None where it is only new."""
    account = found.accounts[telling.accounts[0]]
    if (account.status in _AHEAD or known.status in _AHEAD) and account.status is not known.status:
        return False
    if not _of_one_day(account, known):
        return False
    new = account.dated and not known.dated
    token = telling.token
    blamed = token.dep_ == "pobj" and token.head.lower_ == "for"  # *claimed responsibility for the attack*
    for mine, theirs in (
        (() if blamed else account.agents, known.agents),
        (account.targets, known.targets),
        (account.places, known.places),
    ):
        here, there = ({found.mentions[i].chain for i in each} for each in (mine, theirs))
        new |= bool(here) and here.isdisjoint(there)
    return None if new else True


def _of_one_day(one: Account, other: Account) -> bool:
    """Whether the days that both give are the same, as precisely as they are given."""
    return all(
        not mine or not theirs or mine.startswith(theirs) or theirs.startswith(mine)
        for mine, theirs in ((one.start_date, other.start_date), (one.end_date, other.end_date))
    )
