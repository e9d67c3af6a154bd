"""Who is the subject of a verb, and what is its object: deep grammatical roles from a dependency parse.

The labels are those of the CLEAR style that spaCy's English pipelines give (Choi and Palmer 2012,
*Guidelines for the CLEAR Style Constituent to Dependency Conversion*). Passives, relative and
participial clauses, control and raising, and coordination are undone here, so that the event lexicon
can speak of ``subject`` and ``object`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.annotate.constructions import constructions

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OBJECTS = ("dobj", "obj", "iobj")
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
CONJUNCTIONS = frozenset(("as", "after", "before", "since", "until", "while", "once"))
_HAVE = frozenset(("have", "has", "had", "having", "'ve", "’ve", "'d", "’d"))
_NOT_LOCAL = frozenset(("according", "due", "because", "prior", "thanks", "owing"))
# *accused them of*, *kept them from*, *cited X as saying*, *charged X with*: the object does what the
# preposition leads to.
_OBJECT_CONTROL = frozenset(("of", "from", "into", "for", "as", "with"))
_CLOSES = frozenset(("IN", "WRB", ".", ",", "_SP", "TO", ":"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_COPULAS = frozenset(("be", "remain"))
_WAYS = frozenset(("back", "away", "out", "home", "down", "up", "over"))  # *back to X* is to X
_MOST = 6


def children(token: Token, *deps: str) -> list[Token]:
    """The children of `token` that hang by one of `deps`, in order of the text."""
    return [child for child in token.children if child.dep_ in deps]


def is_verb(token: Token) -> bool:
    """Whether the token is a verb by its tag (auxiliaries that stand alone too)."""
    return token.tag_.startswith("VB")


def coordinated(token: Token) -> list[Token]:
    """The token and what is coordinated with it to its right: *Kunduz, Taloqan and Sheberghan*."""
    found = [token]
    front = [token]
    while front:
        current = front.pop()
        for child in current.children:
            if child.dep_ == "conj" and child not in found and not is_verb(child) and not among_them(child):
                found.append(child)
                front.append(child)
    return sorted(found, key=lambda t: t.i)


def is_passive(verb: Token) -> bool:
    """Whether the clause is passive, with its auxiliary (*was taken*) or without (*cities taken by*)."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ == "VBD" and verb.lemma_ in constructions(verb.doc).undergone and _objectless(verb):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and is_verb(verb.head):
        too = verb.lemma_ in constructions(verb.doc).suffered_too
        return too and not children(verb, "dobj", "nsubj") and is_passive(verb.head)
    if verb.tag_ != "VBN":
        # "ordered" tagged as a past tense in a reduced relative with a by-phrase
        return (
            verb.tag_ == "VBD"
            and verb.dep_ == "acl"
            and not any(c.dep_ in _OBJECTS or c.dep_ == "nsubj" for c in verb.children)
        )
    if any(child.dep_ == "aux" and child.lower_ in _HAVE for child in verb.children):
        return False
    if verb.dep_ == "conj" and _bare_participle(verb) and is_verb(verb.head) and is_passive(verb.head):
        return True  # *ten were killed and thirty others wounded*
    if any(child.dep_ == "nsubj" for child in verb.children):
        # *with ten people killed*, *fighting that saw ten soldiers killed*
        bare = verb.dep_ in ("pcomp", "ccomp", "acl", "pobj", "advcl") and _bare_participle(verb)
        bare = bare and not (verb.dep_ == "ccomp" and verb.i < verb.head.i)  # *a bomb exploded, X said*
        return bare and not any(child.dep_ in ("prt", "xcomp", "ccomp", "mark") for child in verb.children)
    if verb.dep_ == "acomp" and verb.head.lemma_ in _COPULAS:
        return True  # *was heavily injured*, read as an adjective
    if verb.dep_ == "xcomp" and _bare_participle(verb) and is_verb(verb.head) and is_passive(verb.head):
        return True  # *were reported killed*
    if verb.dep_ in ("acl", "advcl", "amod", "oprd", "pcomp"):
        return not any(child.dep_ == "dobj" for child in verb.children)  # *the rebels, who …, captured X*
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    return any(child.dep_ == "agent" for child in verb.children)


def _objectless(verb: Token) -> bool:
    """Whether nothing that could be its object stands behind the verb, nor in what is joined to it."""
    behind = verb.i + 1
    if behind < len(verb.doc) and verb.doc[behind].tag_ not in _CLOSES:
        return False
    if any(c.dep_ == "nsubj" and c.lower_ in _RELATIVE for c in verb.children):
        return False  # *those who killed for money*
    return not any(
        c.dep_ in ("dobj", "dative", "xcomp", "ccomp", "conj", "prt", "aux") for c in verb.children
    )


def _bare_participle(verb: Token) -> bool:
    return not any(child.dep_ in ("aux", "dobj") for child in verb.children)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause hangs from; else the token itself."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "IN", "WP$"):
        clause = token.head
        for _ in range(_MOST):
            if clause.dep_ == "relcl":
                return _told_of(clause.head, token)
            if clause.head is clause:
                break
            clause = clause.head
    return token


def _told_of(noun: Token, relative: Token) -> Token:
    """*X, the capital of Y state, which fell*: X fell, where the parse hangs the clause on *state*."""
    of = noun.head
    apart = noun.dep_ == "pobj" and of.lower_ == "of" and relative.doc[relative.i - 1].text == ","
    return of.head.head if apart and of.head.dep_ == "appos" else noun


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, found through coordination, participles, control and raising."""
    if depth > _MOST:
        return None
    own = children(verb, "nsubj", "nsubjpass")
    own = [c for c in own if not is_verb(c)] or own
    if own:  # of two the nearer: the parse takes the place before it for another
        return antecedent(max((c for c in own if c.i < verb.i), key=lambda c: c.i, default=own[0]))
    described = [
        c
        for clause in children(verb, "csubj", "csubjpass")
        if clause.tag_ == "VBN" and clause.i < verb.i
        for c in children(clause, "nsubj")
    ]
    if described:
        return described[0]  # *those linked to the party were charged*, the participle read as the subject
    if any(child.dep_ == "expl" for child in verb.children):
        return None  # *there were wounded*
    mended = _mended_subject(verb)
    if mended is not None:
        return mended
    dep, head = verb.dep_, verb.head
    if dep == "conj" and is_verb(head):
        return surface_subject(head, depth + 1)
    if dep == "conj" and head.dep_ in ("acl", "relcl"):
        return head.head
    if dep == "relcl":
        # *the city the Taliban took* has its own subject and never comes here
        return head
    if dep == "acl":
        if hung_from(verb).i != head.i:
            return surface_subject(hung_from(verb), depth + 1)
        if verb.tag_ == "VB" or (verb.tag_ == "VBG" and is_operation(head)):
            return _owner(head, depth)  # *an attempt to capture*: whoever attempts
        words = constructions(verb.doc)
        verbs = words.issuing if says(head) else words.enacting if head.lemma_ in words.laws else ()
        if verbs and verb.tag_ == "VBG" and head.dep_ in ("dobj", "nsubjpass", "pobj"):
            issuer = clause_verb(head)
            if issuer is not None and issuer.lemma_ in verbs:
                if is_passive(issuer):
                    return next(iter(subjects(issuer)), head)
                return surface_subject(issuer, depth + 1)  # *issued a statement saying*: they say it
        return head
    if dep == "acomp" and head.lemma_ in _COPULAS:
        return surface_subject(head, depth + 1)
    if dep in ("xcomp", "ccomp", "advcl", "dep", "oprd", "parataxis") and is_verb(head):
        if dep == "advcl" and verb.tag_ == "VB" and is_passive(head) and _behind_deed(verb):
            return next(iter(subjects(head)), None)  # *killed in an operation to free hostages*
        if dep == "ccomp" and not _subjectless(verb):
            return None
        if verb.lower_ in constructions(verb.doc).adding and head.dep_ == "ccomp" and is_verb(head.head):
            return surface_subject(head.head, depth + 1)  # *X said Y had fled, adding that*: X adds
        if dep in ("xcomp", "ccomp", "oprd") and head.lemma_ not in constructions(verb.doc).promising:
            objects = children(head, *_OBJECTS)
            if objects:
                return objects[0]
        addressed = _addressed(verb) if dep in ("xcomp", "ccomp", "advcl") else None
        return addressed if addressed is not None else surface_subject(head, depth + 1)
    if dep in ("xcomp", "ccomp", "advcl") and head.tag_.startswith("JJ") and is_verb(head.head):
        return surface_subject(head.head, depth + 1)
    if dep == "pcomp":
        anchor = head.head
        for _ in range(_MOST):
            if anchor.dep_ not in ("prep", "pcomp") or is_verb(anchor):
                break
            anchor = anchor.head
        if is_verb(anchor):
            if head.lower_ in _OBJECT_CONTROL and head.head.i == anchor.i:
                controlled = children(anchor, *_OBJECTS)
                if controlled:
                    return controlled[0]
                if is_passive(anchor):
                    return surface_subject(anchor, depth + 1)
            return surface_subject(anchor, depth + 1)
        if head.lower_ in _OBJECT_CONTROL and anchor.dep_ in _OBJECTS and not children(anchor, "poss"):
            return anchor  # *accusing the rebels of shelling*, *of* hung on *rebels*
        return _owner(anchor, depth)
    return None


def _addressed(verb: Token) -> Token | None:
    """Whom the governing verb turns to that he do what the infinitive `verb` says, or None."""
    words = constructions(verb.doc).turning_to.get(verb.head.lemma_)
    if words is None or not any(c.tag_ == "TO" for c in verb.children):
        return None
    return next(
        (
            obj
            for child in verb.head.children
            if child.dep_ == "prep" and child.lower_ in words and child.i < verb.i
            for obj in children(child, "pobj")
        ),
        None,
    )


def hoped_for(clause: Token) -> bool:
    """*for X to leave*: an infinitive with its subject after *for*, which the parse hangs as an adverbial."""
    marks = {(c.dep_, c.lower_) for c in clause.children if c.tag_ in ("IN", "TO")}
    return ("mark", "for") in marks and ("aux", "to") in marks


def hung_from(verb: Token) -> Token:
    """What a clause hangs from: for a participle that the parse hung on a place name, the verb before it.

    In *drove a car into the heart of the city of X killing ten* it is not X that kills.
    """
    head = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and (_names_place(head) or _part_of_place(head)):
        governor = clause_verb(head)
        if governor is not None:
            return governor
    return head


def _names_place(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and token.ent_type_ in ("GPE", "LOC", "FAC")


def _part_of_place(noun: Token) -> bool:
    """*in the heart of X*, *into the city of X*."""
    return noun.dep_ == "pobj" and any(word == "of" and _names_place(obj) for word, obj in prepositions(noun))


def _mended_subject(verb: Token) -> Token | None:
    """The subject of a finite verb that the parse lost.

    In *as foreign troops continue to*, *after A along with B began* the parser takes the conjunction for a
    preposition and the subject for its object; in *X has made gains, took A and captured B* it hangs the
    first clause, with the subject, below the second.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") and not any(
        c.dep_ == "aux" and c.tag_ != "TO" for c in verb.children
    ):
        return None
    if verb.dep_ in ("relcl", "acl", "xcomp"):
        return None
    for beside in (verb.head, *(verb.head.children if verb.dep_ == "ccomp" else ())):
        if beside.tag_ != "JJ" or beside.i > verb.i:
            continue
        own = children(beside, "nsubj")  # *troops loyal to X withdrew*, *troops* hung on *loyal*
        if own and not any(is_verb(t) for t in verb.doc[own[0].i : verb.i] if t.head.i != verb.i):
            return own[0]
    for child in verb.children:
        if child.dep_ == "advcl" and child.i < verb.i and not any(c.dep_ == "mark" for c in child.children):
            for inner in child.children:
                if inner.dep_ in ("nsubj", "nsubjpass") and (child.tag_ != "VBG" or inner.i < child.i):
                    return antecedent(inner)
    at = verb.i - 1
    doc, start = verb.doc, verb.sent.start
    while at >= start and (doc[at].dep_ in ("aux", "auxpass", "neg", "advmod") and doc[at].head.i == verb.i):
        at -= 1
    if at < start or not doc[at].tag_.startswith(("NN", "PRP")):
        return None
    token = doc[at]
    for _ in range(_MOST):
        if token.dep_ == "pobj" and token.head.lower_ in CONJUNCTIONS and token.head.i < token.i:
            return token
        if is_verb(token) or token.head.i == token.i:
            return None
        token = token.head
        if is_verb(token):
            break
    at -= 1
    while at >= start and at > verb.i - 12 and not is_verb(doc[at]):
        if doc[at].lower_ in CONJUNCTIONS and doc[at].dep_ == "prep":
            return next((c for c in doc[at].children if c.dep_ == "pobj"), None)
        at -= 1
    return None


def _behind_deed(verb: Token) -> bool:
    """Whether the infinitive stands right behind what its governor happened *in*."""
    before = verb.left_edge.i - 1
    noun = verb.doc[before] if before > 0 else verb
    if not is_operation(noun):
        return False
    return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and noun.head.head.i == verb.head.i


def _subjectless(verb: Token) -> bool:
    carried = children(verb, "aux", "auxpass")
    finite = any(c.tag_ in _FINITE for c in carried) and any(c.dep_ == "auxpass" for c in carried)
    return verb.tag_ in ("VB", "VBG", "VBN") and not finite  # not who *says ten were killed*, *ten* lost


def _owner(noun: Token, depth: int) -> Token | None:
    """Whose *attempt* or *plan* it is: a possessor, else the subject of the verb that governs it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    governor = noun.head
    if noun.dep_ in ("dobj", "attr", "pobj", "oprd") and depth <= _MOST:
        while governor.dep_ in ("prep", "agent") and not is_verb(governor):
            governor = governor.head
        if is_verb(governor) and not (is_passive(governor) and is_operation(noun)):
            return surface_subject(governor, depth + 1)
    return None


def subjects(verb: Token) -> list[Token]:
    """The deep subject with what is coordinated with it: the doer of an active or passive clause."""
    if is_passive(verb):
        found = [
            obj
            for child in verb.children
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
            for obj in children(child, "pobj")
        ]
        return [t for obj in found for t in coordinated(obj)]
    subject = surface_subject(verb)
    return coordinated(subject) if subject is not None else []


def objects(verb: Token) -> list[Token]:
    """The deep object with what is coordinated with it: whom or what is acted on."""
    if is_passive(verb):
        subject = surface_subject(verb)
        return coordinated(subject) if subject is not None else []
    found = children(verb, *_OBJECTS)
    if len(found) > 1:  # *killed four traders, among them a nurse*
        found = [c for c in found if not among_them(c)] or found
    if not found:  # *recaptured Bama on Monday*, an unknown name read as an adverb
        found = [c for c in children(verb, "npadvmod") if c.tag_ == "NNP" and c.i == verb.i + 1]
    if not found:  # *burned down the village*, *down* read as a preposition
        found = [o for c in children(verb, "prt") for o in children(c, "pobj")]
    if not found and verb.dep_ == "relcl" and any(c.dep_ == "nsubj" for c in verb.children):
        own = next(c for c in verb.children if c.dep_ == "nsubj")
        if antecedent(own) is not verb.head and not any(
            c.dep_ == "prep" and not list(c.children) for c in verb.children
        ):
            below = (t for clause in children(verb, "xcomp") for t in children(clause, *_OBJECTS))
            if not any(t.tag_ in ("WP", "WDT") for t in below):  # *hostages whom police fought to free*
                found = [verb.head]  # *the city the rebels took*
    if not found:  # *attacked and captured the city*, where the parse gives the object to the last verb
        later = [c for c in verb.children if c.dep_ == "conj" and is_verb(c)]
        if later and not any(
            c.dep_ in ("prep", "ccomp", "xcomp") and c.i < later[0].i for c in verb.children
        ):
            found = children(later[0], *_OBJECTS)
    elif len(found) == 1:  # *arrested X, a doctor, and two of his aides*, *two* hung on the verb
        found += [c for c in children(verb, "conj") if c.tag_ in ("CD", "NNS") and c.i > found[0].i]
    return [t for obj in found for t in coordinated(antecedent(obj))]


def among_them(token: Token) -> bool:
    """Whether *among them* opens the phrase of `token`, or stands before it: part of those just told of."""
    first = token.left_edge.i
    words = [t.lower_ for t in token.doc[max(first - 2, 0) : first + 2]]
    return any(a == "among" and b in ("them", "whom") for a, b in pairwise(words))


def is_operation(noun: Token) -> bool:
    """Whether the noun is what troops do together, and no doer itself: *an operation*, *a raid*."""
    return noun.lemma_ in constructions(noun.doc).operations


def says(noun: Token) -> bool:
    """Whether the noun is a text by which somebody says something: *a statement*."""
    return noun.lemma_ in constructions(noun.doc).sayings


def definite(noun: Token) -> bool:
    """Whether the noun has a determiner that points: *the raid*, *these raids*."""
    return any(c.dep_ == "det" and c.lower_ in DEFINITE for c in noun.children)


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Each (preposition, its object) below `token`; *out of X* and *from across X* give both words."""
    for child in token.children:
        if child.lower_ in _NOT_LOCAL:
            continue
        if child.dep_ in ("prep", "dative", "agent") or (child.dep_ == "prt" and child.tag_ == "IN"):
            yield from _prepositional(child, 0)
        elif child.dep_ in ("advmod", "npadvmod", "amod", "acomp") and child.tag_ in ("RB", "NN", "JJ"):
            # *north of X*, *an area west of X*, *close to X*
            for inner in child.children:
                if inner.dep_ == "prep":
                    for word, obj in _prepositional(inner, 0):
                        yield (word if child.lower_ in _WAYS else child.lower_), obj


def _prepositional(preposition: Token, depth: int) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pobj" or (child.dep_ == "dobj" and preposition.dep_ == "prep"):  # *following*
            yield preposition.lower_, child
        elif child.dep_ == "conj" and child.tag_ == "IN" and depth < 2:
            yield from _prepositional(child, depth + 1)  # *near the prison and in parts of the town*
        elif child.dep_ == "prep" and depth < 2:
            for word, obj in _prepositional(child, depth + 1):
                yield word, obj
                yield preposition.lower_, obj


def moves_on(verb: Token) -> bool:
    """*left in March but later took the town*: not in March."""
    if any(c.lower_ in constructions(verb.doc).later for c in verb.children if c.dep_ == "advmod"):
        return True
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.children)


def at_once(verb: Token) -> bool:
    """*ambushed a lorry and then fought its guards*: what moves on with *then* alone is of the same time."""
    words = constructions(verb.doc)
    told = {c.lower_ for c in verb.children if c.dep_ == "advmod"} & words.later
    butted = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.children)
    return bool(told) and told <= words.at_once and not butted


def governors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Each (token, its head) on the way from `token` to the root of its sentence."""
    current = token
    for _ in range(40):
        if current.head is current:
            return
        yield current, current.head
        current = current.head


def clause_verb(token: Token) -> Token | None:
    """The nearest verb that `token` hangs from, or None."""
    for _, head in governors(token):
        if is_verb(head):
            return head
    return None
