"""The grammatical slots of a trigger, by the names that the event lexicon uses.

For a verb: ``subject``, ``object`` (deep ones), ``told``, ``dative``, ``oprd``, ``purpose`` (the verb of
*to disperse the crowd*) and every preposition. For a noun: ``poss``, ``compound``, ``adjective``, ``support``
(the subject of the verb that carries the noun, as in *launched an attack*), ``caller`` (that of a verb that
asks for it: *called for a strike*), ``witness`` (that of a verb whose subject does nothing: *the town saw
fighting*) and every preposition of the noun or of that verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from spacy.tokens import Token

from kg.annotate.constructions import constructions
from kg.annotate.grammar import (
    antecedent,
    children,
    coordinated,
    hoped_for,
    is_passive,
    is_verb,
    objects,
    prepositions,
    subjects,
    surface_subject,
)
from kg.annotate.lexicon import Lexicon


class Slots:
    """The slots of one trigger, worked out once; `times` are the heads of time expressions.

    `noun` holds where the trigger stands as a noun, be it a gerund by its tag (*the shelling of the town*).
    """

    def __init__(
        self, trigger: Token, lexicon: Lexicon, times: Collection[int] = (), *, noun: bool = False
    ) -> None:
        self.trigger, self.lexicon, self.noun = trigger, lexicon, noun
        self.support: Token | None = None
        self.found: dict[str, list[Token]] = defaultdict(list)
        if noun:
            self._noun(trigger)
        else:
            self._verb(trigger)
        if times:  # *on Friday* fills no argument
            for name, tokens in self.found.items():
                if any(t.i in times for t in tokens):
                    self.found[name] = [filler for t in tokens for filler in self._untimed(name, t, times)]

    def get(self, names: tuple[str, ...]) -> list[Token]:
        """The tokens in the first of the slots `names` that is filled."""
        for name in names:
            if self.found.get(name):
                return self.found[name]
        return []

    def of_owner(self, noun: Token) -> None:
        """Take in whose the `noun` is that a verb asks for."""
        for name, dep in (("poss", "poss"), ("compound", "compound"), ("adjective", "amod")):
            self.found[name].extend(children(noun, dep))

    def _untimed(self, slot: str, token: Token, times: Collection[int]) -> list[Token]:
        """What fills the slot where a time does: what lasts as long, or the measure before a noun."""
        if token.i not in times:
            return [token]
        if token.lemma_.lower() not in self.lexicon.partitives:
            return []
        if slot == "compound":
            return [token]  # *a 48-hour strike*
        return [
            obj for word, obj in prepositions(token) if word == "of"
        ]  # *called for three days of protests*

    def _verb(self, verb: Token) -> None:
        found = self.found
        found["subject"] = self._owners(verb) or subjects(verb)
        found["object"] = objects(verb)
        for word, obj in prepositions(verb):
            found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        if not found["object"]:
            found["object"] = self._behind_particle(verb)
        relative = self._stranded(verb)
        if relative:
            found[relative].append(verb.head)
        found["dative"] = [t for c in children(verb, "dative", "iobj") for t in coordinated(c)]
        words = self.lexicon.constructions
        for way in [t for tokens in list(found.values()) for t in tokens if t.lemma_ in words.ways]:
            for word, obj in prepositions(way):  # *en route to X*
                found[word].extend(t for t in coordinated(obj) if t not in found[word])
        for way in found.get("in", ()):
            if way.lemma_ in words.headings:  # *fled in the direction of X*
                found["towards"] = [
                    t for word, obj in prepositions(way) if word == "of" for t in coordinated(obj)
                ]
        for obj in children(verb, "dobj"):  # *fought a war with X*, *signed a deal with X*
            for word, other in prepositions(obj):
                shared = word in ("with", "against", "between", "among")
                if (shared or (word == "on" and verb.lemma_ in words.blaming)) and not found.get(word):
                    found[word] = coordinated(antecedent(other))
        for clause in children(verb, "advcl", "ccomp", "xcomp"):  # *called for X to be freed*
            if not found.get("for") and hoped_for(clause):
                found["for"] = [clause]
        found["purpose"] = [
            c for c in children(verb, "advcl", "xcomp") if any(t.tag_ == "TO" for t in c.children)
        ]
        found["xcomp"] = children(verb, "xcomp")
        found["ccomp"] = children(verb, "ccomp")
        found["acomp"] = children(verb, "acomp")
        found["oprd"] = children(verb, "oprd", "attr")
        direct = children(verb, "dobj", "dative", "iobj")
        things = {"that", "it", "this", *words.stories}
        people = [t for t in direct if t.lemma_.lower() not in things]
        if is_passive(verb):
            found["told"] = []
        else:
            found["told"] = [t for c in people for t in coordinated(c)] or found.get("to", [])

    def _behind_particle(self, verb: Token) -> list[Token]:
        """*burned down the hospital*, the particle read as a preposition."""
        frames = self.lexicon.verbs.get(verb.lemma_.lower(), ())
        if verb.i + 1 < len(verb.doc) and any(frame.particle == "down" for frame in frames):
            after = verb.nbor(1)
            if after.lower_ == "down" and after.dep_ == "prep" and after.head.i == verb.i:
                return [t for obj in children(after, "pobj") for t in coordinated(obj)]
        return []

    def _owners(self, verb: Token) -> list[Token]:
        """Whose the deed is in *government attempts to retake it*: not the subject's of the sentence."""
        noun = verb.head
        if verb.tag_ != "VB" or verb.dep_ not in ("acl", "xcomp") or not noun.tag_.startswith("NN"):
            return []
        if noun.lemma_.lower() not in self.lexicon.planned.nouns:
            return []
        actors = [self.lexicon.categories[name].nouns for name in ("actor", "armed")]
        return [
            c
            for c in children(noun, "compound", "amod", "nmod")
            if c.ent_type_ in ("GPE", "NORP", "ORG") or any(c.lemma_.lower() in words for words in actors)
        ][-1:]

    def _of_others(self, noun: Token, verb: Token) -> bool:
        """*police ended the attack*: it was somebody else's."""
        if verb.lemma_.lower() not in self.lexicon.ending:
            return False
        articles = {c.lower_ for c in noun.children if c.dep_ == "det"}
        frames = self.lexicon.nouns.get(noun.lemma_.lower(), ())
        assault = any(self.lexicon.has(frame.kind, "assault") for frame in frames)
        return bool(articles & {"a", "an"}) or (assault and bool(articles))

    @staticmethod
    def _stranded(verb: Token) -> str | None:
        """A preposition left without object in a relative clause: *the city they fled to*."""
        if verb.dep_ != "relcl":
            return None
        for child in verb.children:
            if child.dep_ == "prep" and not any(c.dep_ in ("pobj", "pcomp") for c in child.children):
                return str(child.lower_)
        return None

    def _noun(self, noun: Token) -> None:
        found = self.found
        for child in noun.children:
            if child.dep_ == "poss":
                found["poss"].extend(coordinated(antecedent(child)))
            elif child.dep_ in ("compound", "nmod"):
                found["compound"].append(child)
                means = child.lemma_.lower() in self.lexicon.categories["means"].nouns  # *X drone strike*
                inner = children(child, "compound")
                found["compound"].extend(
                    t for t in inner if t.tag_ == "NN" or means
                )  # *suicide bombing attack*
            elif child.dep_ == "amod":
                found["adjective"].append(child)
        whole = noun
        if noun.dep_ in ("compound", "nmod"):  # *the Hama massacre victims*, *the blast site in Hama*
            whole = noun.head
            found["compound"].extend(c for c in children(whole, "compound", "nmod") if c.i < noun.i)
        for word, obj in prepositions(whole):
            found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        if noun.dep_ == "dobj" and is_verb(noun.head) and self.lexicon.speech_verb(noun.head.lemma_.lower()):
            for word, obj in prepositions(noun.head):  # *condemned the attacks in A*, *in* hung on the verb
                if obj.i > noun.i and word in self.lexicon.locative:
                    found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in self.lexicon.gripping:
            found["in"].extend(t for t in objects(noun.head) if t not in found["in"])
        aimed = aimed_at(noun)
        if aimed is not None:
            for word, obj in prepositions(aimed):
                found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        self.support = self._support_verb(noun) or self._gripped(noun) or aimed
        if self.support is not None:
            self._from_support(noun, self.support)
        self._called_for(noun)
        self._carried(noun)
        blamed = _blamed(noun)
        if blamed:  # *blamed the attack on X*: X is no target
            found["on"] = [t for t in found["on"] if t not in blamed]
        if not found["support"]:
            found["support"] = blamed or self._accused(noun)
        if not found["on"]:
            found["on"] = self._suffering(noun)

    def _called_for(self, noun: Token) -> None:
        """Who calls for the noun, or for some of it: *called for three days of protests*."""
        head = noun.head
        while head.lower_ == "of" and self._only_counts(head.head):
            head = head.head.head
        verb = head.head
        if (
            head.lower_ == "for"
            and is_verb(verb)
            and verb.lemma_.lower() in self.lexicon.planned.prepositional
        ):
            self.found["caller"] = subjects(verb)

    def _carried(self, noun: Token) -> None:
        """*The strike launched by X in Y left ten dead*: by X and in Y, though *left* carries it."""
        for clause in children(noun, "acl", "relcl"):
            if clause is self.support or not is_passive(clause):
                continue
            if clause.lemma_.lower() in self.lexicon.carrying:
                doers = [t for t in subjects(clause) if t.i != noun.i]
                self.found["support"] = self.found["support"] or doers
                self.found["by"].extend(t for t in doers if t not in self.found["by"])
                for word, obj in prepositions(clause):
                    if word in self.lexicon.locative:
                        self.found[word].extend(
                            t for t in coordinated(antecedent(obj)) if t not in self.found[word]
                        )

    def _gripped(self, noun: Token) -> Token | None:
        """*The city was rocked by clashes between X and Y*: they were there."""
        verb = noun.head.head
        if noun.dep_ == "pobj" and noun.head.dep_ == "agent" and verb.lemma_.lower() in self.lexicon.gripping:
            self.found["in"].extend(t for t in objects(verb) if t not in self.found["in"])
            return verb
        return None

    def _suffering(self, noun: Token) -> list[Token]:
        """Who is said to suffer the noun: *the convoy was the target of an ambush*."""
        if noun.dep_ != "pobj" or noun.head.lower_ != "of":
            return []
        role = noun.head.head
        if role.dep_ != "attr" or role.lemma_.lower() not in self.lexicon.suffering or not is_verb(role.head):
            return []
        subject = surface_subject(role.head)
        return coordinated(subject) if subject is not None else []

    def _accused(self, noun: Token) -> list[Token]:
        """Whom a verb makes the doer of the noun: *accused the army of raids*, *charged X with murder*."""
        if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "for", "with"):
            verb = noun.head.head if is_verb(noun.head.head) else noun.head.head.head
            if is_verb(verb) and self.lexicon.accuses(verb.lemma_.lower()):
                return objects(verb)
        return []

    def _support_verb(self, noun: Token) -> Token | None:
        """The verb that lends its subject, times and places to the noun, or None."""
        head, dep = noun.head, noun.dep_
        while dep == "pobj" and head.lower_ == "of" and self._only_counts(head.head):
            noun = head.head  # *began the final part of a withdrawal*, *there were reports of a raid*
            head, dep = noun.head, noun.dep_
        if (
            dep == "pobj"
            and head.lower_ == "to"
            and is_verb(head.head)
            and not any(c.dep_ == "det" for c in noun.children)
        ) and head.head.lemma_.lower() in self.lexicon.planned.verbs:
            return head.head  # *vowed to battle*, read as a noun
        if (
            dep == "pobj"
            and head.lower_ == "for"
            and head.head.lemma_ in self.lexicon.constructions.responsibility
        ):
            governor = head.head.head
            return governor if is_verb(governor) else None  # *claimed responsibility for the bombing*
        if dep == "pobj" and head.lower_ == "in" and self._shares(head.head):
            return head.head  # *took part in the raid*
        if dep == "conj" and not is_verb(head):
            first = head
            while first.dep_ == "conj" and not is_verb(first.head):
                first = first.head
            head, dep = first.head, first.dep_
        if dep in ("acl", "relcl"):
            return None
        if not is_verb(head):
            verb = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and is_verb(c)), None)
            if verb is not None and verb.lemma_.lower() in self.lexicon.support and is_passive(verb):
                return verb
            if verb is not None and verb.lemma_.lower() in self.lexicon.occurrence:
                if _of_itself(verb):
                    return verb  # *the attack, which took place near X*
                if verb.tag_ == "VBN" and verb.i == noun.i + 1 and not children(verb, "agent"):
                    return verb  # *Clashes flared in X*, read as *clashes that were flared*
            if noun.dep_ == "ROOT" and verb is not None and verb.lemma_.lower() in self.lexicon.occurrence:
                return verb if verb.dep_ == "acl" and not children(verb, "agent") else None
            return None
        lemma = head.lemma_.lower()
        if (carried := self._carried_below(noun, head, dep)) is not None:
            return carried
        if dep in ("dobj", "nsubjpass", "attr") and lemma in self.lexicon.support:
            return head
        if dep == "nsubj" and lemma in self.lexicon.occurrence:
            return head
        if dep in ("nsubj", "attr", "nsubjpass") and (
            lemma == "be" or lemma in self.lexicon.constructions.reporting
        ):
            return head
        if dep in ("nsubj", "nsubjpass") and (lemma not in self.lexicon.verbs or self._arms(head)):
            return head  # *shootings in X continued*, *killings rocked the town in X*
        return None

    def _carried_below(self, noun: Token, head: Token, dep: str) -> Token | None:
        """*was an operation conducted by X*, *believed to have been carried out by X*: what carries it."""
        if not is_verb(head) or dep == "conj":
            return None
        below = children(noun, "acl") if head.lemma_.lower() not in self.lexicon.support else []
        if dep in ("nsubj", "nsubjpass"):
            below += children(head, "xcomp")
        return next((v for v in below if v.lemma_.lower() in self.lexicon.support and is_passive(v)), None)

    def _arms(self, verb: Token) -> list[Token]:
        """The weapons that are the verb's object: *airstrikes delivered 20 bombs*."""
        weapons = self.lexicon.categories["weapon"].nouns
        return [c for c in children(verb, "dobj") if c.lemma_.lower() in weapons]

    def _only_counts(self, noun: Token) -> bool:
        lemma = noun.lemma_.lower()
        return lemma in self.lexicon.partitives or (
            noun.dep_ == "attr" and noun.head.lemma_ == "be" and lemma in self.lexicon.claimed.nouns
        )

    def _shares(self, verb: Token) -> bool:
        """Whether what the verb says to be *in* is done by its subject, among others."""
        lemma = verb.lemma_.lower()
        parts = self.lexicon.constructions.taking_part.get(lemma, ())
        part = any(c.dep_ == "dobj" and c.lower_ in parts for c in verb.children)
        return is_verb(verb) and (part or lemma in self.lexicon.sharing)

    def _from_support(self, noun: Token, verb: Token) -> None:
        found = self.found
        passive = is_passive(verb)
        lemma = verb.lemma_.lower()
        above = noun.head.i == verb.i
        weak = above and noun.dep_ == "nsubj" and lemma not in self.lexicon.occurrence
        weak |= (
            above and noun.dep_ == "nsubjpass" and lemma not in self.lexicon.support
        )  # *protests are fuelled by want*
        if not weak and (
            noun.dep_ in ("dobj", "nsubjpass", "pobj")
            or (passive and verb.dep_ in ("acl", "relcl", "xcomp"))
            or noun.dep_ == "conj"
        ):
            doers = subjects(verb) if passive else []
            if not passive:
                subject = surface_subject(verb)
                doers = coordinated(subject) if subject is not None and subject.i != noun.i else []
            if verb.lemma_ in self.lexicon.constructions.claiming:  # *no group has claimed the attack*
                doers = [
                    t for t in doers if not any(c.dep_ == "det" and c.lower_ == "no" for c in t.children)
                ]
            if lemma in self.lexicon.passing or self._of_others(noun, verb):
                others = [t for t in doers if t.i != noun.i]
                if lemma in self.lexicon.suffering and noun.dep_ == "dobj":
                    found["on"] = found["on"] or others
                else:
                    found["witness"] = others
            elif lemma != "be" and noun.head.dep_ != "agent" and verb != aimed_at(noun):
                found["support"] = [t for t in doers if t.i != noun.i]
        elif noun.dep_ == "attr":
            found["support"] = []
        stretches = [
            obj
            for word, obj in prepositions(verb)
            if word == "for" and obj.lemma_ in self.lexicon.constructions.stretches
        ]
        for word, obj in (p for each in (verb, *stretches) for p in prepositions(each)):
            if weak and word not in self.lexicon.locative:
                continue  # it happened there, but *to*, *from* and *with* are the verb's own
            if word != "by" or not passive:
                found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        arms = self._arms(verb) if weak else []
        for word, obj in [pair for t in (*arms, verb) for pair in prepositions(t)] if arms else ():
            if word == "against":  # *airstrikes delivered 20 bombs against X*
                found[word].extend(coordinated(antecedent(obj)))
        if noun.dep_ == "nsubj" and verb.dep_ == "acl" and verb.head.i == noun.i:
            for word, obj in prepositions(noun.head):  # *a raid launched by X on Monday killed ten in Y*
                if word in self.lexicon.locative:
                    found[word].extend(t for t in coordinated(antecedent(obj)) if t not in found[word])
        if noun.dep_ == "nsubj" and verb.lemma_ == "be":
            for state in children(verb, "acomp"):  # *fighting was under way between A and B*
                for word, obj in (p for c in children(state, "prep") for p in _of_preposition(c)):
                    found[word].extend(t for t in coordinated(obj) if t not in found[word])


def aimed_at(noun: Token) -> Token | None:
    """*a blast targeted at a mosque*: the participle, which tells of nothing more."""
    for clause in children(noun, "acl"):
        if (
            clause.lemma_ in constructions(noun.doc).aimed
            and clause.tag_ in ("VBN", "VBD")
            and not children(clause, "dobj")
        ):
            return clause
    return None


def _of_preposition(preposition: Token) -> list[tuple[str, Token]]:
    return [(preposition.lower_, obj) for obj in children(preposition, "pobj")]


def _blamed(noun: Token) -> list[Token]:
    """On whom the noun is blamed: *blamed the attack on X*, *an attack blamed on X*, *attributed to X*."""
    governing = noun.head if noun.dep_ in ("dobj", "nsubjpass") else noun
    below = [c for c in noun.children if c.dep_ in ("acl", "relcl") and is_verb(c)]
    blaming = constructions(noun.doc).blaming
    verb = next((v for v in (governing, *below) if is_verb(v) and v.lemma_ in blaming), None)
    if verb is None:
        return []
    near = [*prepositions(verb), *(prepositions(noun) if verb is governing else ())]
    return [t for word, obj in near if word in blaming[verb.lemma_] for t in coordinated(obj)]


def _of_itself(verb: Token) -> bool:
    """Whether the clause tells of its antecedent alone: *which took place*, *that began*."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or antecedent(subject).i == subject.i:
        return False
    empty = {word for words in constructions(verb.doc).happening.values() for word in words}
    return not any(c.dep_ == "dobj" and c.lemma_ not in empty for c in verb.children)
