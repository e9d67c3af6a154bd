"""What follows: the rules and HermiT find the same, and other vocabularies can be asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from graphs import HEAD, SAMPLES, needs_java, nquads, of_file, of_turtle
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import Literal, QuerySolutions, RdfFormat, Store, parse
from rdflib import Graph, URIRef

from kg.errors import DataError
from kg.reason import Engine, Statement, reason, write_graph
from kg.reason.axioms import read_axioms
from kg.reason.rules import Closure, told
from kg.reason.statements import read_statements
from kg.vocabulary import KG, OWL, PREFIXES, RDF, RDFS

PREFIX = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def short(statements: tuple[Statement, ...]) -> set[str]:
    """Statements as a person writes them, subjects and values of ``urn:x:`` by their names."""

    def name(value: object) -> str:
        text = value.value if isinstance(value, Literal) else str(value)
        for prefix, iri in PREFIXES.items():
            text = text.replace(iri, f"{prefix}:")
        return text.replace("urn:x:", "").replace("rdf:type", "a")

    return {" ".join(map(name, each)) for each in statements}


def entailed(turtle: str, engine: Engine = Engine.RL) -> set[str]:
    """What follows from Turtle."""
    return short(reason(of_turtle(turtle), engine=engine).entailed)


def test_places_lie_in_what_their_places_lie_in() -> None:
    found = entailed(":a kg:capitalOf :b . :b kg:locatedIn :c . :c kg:locatedIn :d .")
    assert {"a kg:locatedIn b", "a kg:locatedIn c", "a kg:locatedIn d", "b kg:locatedIn d"} <= found
    assert {"a a kg:Place", "d a geo:Feature"} - found == {"a a kg:Place"}  # organisations lie in places too
    assert "b kg:locatedIn c" not in found, "it is stated"


def test_a_circle_ends_and_nothing_relates_to_itself() -> None:
    found = entailed(":a kg:partOf :b . :b kg:partOf :c . :c kg:partOf :a .")
    assert {each for each in found if "partOf" in each} == {"a kg:partOf c", "b kg:partOf a", "c kg:partOf b"}


def test_relations_follow_up_the_hierarchy_and_back() -> None:
    found = entailed(
        ":e a kg:Capture ; kg:hasAgent :o ; kg:hasOrigin :p ; kg:hasMention :m . :v kg:memberOf :o ."
        " :v kg:holdsPosition :s . :m kg:inArticle :t ."
    )
    assert {
        "e kg:hasParticipant o",
        "e sem:hasActor o",
        "e kg:hasPlace p",
        "e sem:hasPlace p",
        "e schema:location p",
        "p a schema:Place",
        "m gaf:denotes e",
        "o schema:member v",
        "s org:heldBy v",
        "m prov:wasDerivedFrom t",
        "v a foaf:Person",
    } <= found


def test_texts_and_dates_follow_too() -> None:
    found = entailed(':e kg:startDate "2021-08"^^xsd:gYearMonth . :m kg:sentence "S." .')
    assert {"e sem:hasEarliestBeginTimeStamp 2021-08", "m a nif:Phrase"} <= found


def test_two_names_of_one_thing_share_what_is_said() -> None:
    found = entailed(":a owl:sameAs :w ; a kg:Company . :b owl:sameAs :w ; kg:partOf :c .")
    assert {"a kg:partOf c", "b a org:Organization", "b a kg:Company"} <= found
    assert not any(each.startswith("w ") for each in found), "the source says nothing by that name"


def test_nameless_nodes_are_reasoned_with_and_not_told_of() -> None:
    found = entailed("_:n a kg:Person ; kg:memberOf :o . :p kg:locatedIn _:n2 . _:n2 kg:locatedIn :q .")
    assert {"o a kg:Agent", "p kg:locatedIn q"} <= found
    assert not any("_:" in each for each in found)


def test_axioms_of_the_source_count() -> None:
    found = entailed(":Fort a owl:Class ; rdfs:subClassOf kg:Facility . :f a :Fort .")
    assert "f a schema:Place" in found
    assert not any(each.startswith("Fort ") for each in found), "what follows of classes is not written"


def test_what_was_entailed_before_is_not_read_again() -> None:
    text = HEAD.replace("\n@prefix : ", "\n@prefix g: <urn:g:> .\n@prefix : ")
    text += "g:old { :x a kg:Person . } g:new { :y a kg:Place . }"
    stream = nquads(parse(text.encode(), RdfFormat.TRIG))
    found = short(reason(stream, engine=Engine.RL, leave_out=frozenset({"urn:g:old"})).entailed)
    assert "y a schema:Place" in found and not any(each.startswith("x ") for each in found)


def test_the_entailed_graph_is_written_apart_and_sorted() -> None:
    done = reason(
        of_turtle(':a a kg:Place ; kg:locatedIn :b . :e kg:startDate "2021"^^xsd:gYear .'), engine=Engine.RL
    )
    assert list(done.entailed) == sorted(done.entailed, key=lambda each: (*each[:2], str(each[2])))
    stream = io.BytesIO()
    write_graph(done.entailed, "urn:g", stream)
    assert {str(quad.graph_name) for quad in parse(stream.getvalue(), RdfFormat.N_QUADS)} == {"<urn:g>"}
    assert set(read_statements(stream)) == set(done.entailed)


def test_what_is_no_nquads_is_refused() -> None:
    with pytest.raises(DataError, match="no N-Quads"):
        reason(io.BytesIO(b"<a> <b>"), engine=Engine.RL)


@needs_java
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_engines_agree_on_the_samples(path: Path) -> None:
    by_rules = reason(of_file(path), engine=Engine.RL)
    by_hermit = reason(of_file(path), engine=Engine.HERMIT)
    assert by_rules.consistent and by_hermit.consistent
    assert len(by_rules.entailed) > 100
    assert by_rules.entailed == by_hermit.entailed


@needs_java
def test_the_engines_agree_on_names_and_values() -> None:
    turtle = (
        ":a owl:sameAs :w ; a kg:Company . :b owl:sameAs :w ; kg:partOf :c . :c kg:partOf :d ."
        " :m a kg:EventMention ; kg:status kg:Claimed . :p kg:capitalOf :q . :q kg:locatedIn :r ."
        ' _:n kg:memberOf :c . :s kg:holdsPosition :t . :t kg:asOf "2021-01-01"^^xsd:date .'
        ' :x kg:unheardOf :y ; a :Unheard . :z rdfs:label "Z" ; :note "1"^^:odd .'
    )
    assert entailed(turtle) == entailed(turtle, Engine.HERMIT)


@needs_java
def test_names_and_texts_are_no_syntax_to_hermit() -> None:
    """Names with what separates names in HermiT's answers, and texts with what ends one in N-Triples."""
    names = ["a)(b", "a,b", "\u2028", "%3E,%20%3C", "Type(", "\u202e"]
    lines = [f"<urn:x:{name}> kg:partOf <urn:x:{number}> ." for number, name in enumerate(names)]
    lines += [f"<urn:x:{number}> kg:partOf <urn:x:{number + 1}> ." for number in range(len(names))]
    lines.append(r':m kg:sentence "\" . <urn:x:y> a kg:Person .\n\u0000\u2028\r<" .')
    lines.append("<http://example.org/imported> owl:imports <file:///etc/hostname> .")
    turtle = "\n".join(lines)
    assert entailed(turtle, Engine.HERMIT) == entailed(turtle) != set()


@needs_java
@pytest.mark.model
def test_the_engines_agree_on_the_reports(tmp_path: Path) -> None:
    from kg.build import build

    out = tmp_path / "reports.nq"
    build([SAMPLES[0].parent.parent.parent / "data" / "reports"], out)
    by_rules, by_hermit = (reason(of_file(out), engine=each) for each in (Engine.RL, Engine.HERMIT))
    assert by_rules.consistent and by_hermit.consistent
    assert by_rules.entailed == by_hermit.entailed


@pytest.fixture(scope="module")
def reasoned() -> Store:
    """The sample on the war for a port, with what follows from it."""
    path = next(path for path in SAMPLES if path.stem == "ardan")
    stream = io.BytesIO()
    write_graph(reason(of_file(path), engine=Engine.RL).entailed, "urn:g", stream)
    store = Store()
    store.extend(parse(path=path))
    store.extend(parse(stream.getvalue(), RdfFormat.N_QUADS))
    return store


@pytest.mark.parametrize(
    ("where", "ours"),
    [
        ("?x a sem:Event ; sem:hasActor ?y", "?x a kg:Event ; kg:hasAgent|kg:hasTarget ?y"),
        (
            "?x a sem:Event ; sem:hasPlace ?y . ?y a sem:Place",
            "?x kg:hasPlace|kg:hasOrigin|kg:hasDestination ?y",
        ),
        ("?x sem:hasActor ?y . ?y a sem:Actor", "?x kg:hasAgent|kg:hasTarget ?y . ?y a kg:Agent"),
        ("?x a sem:Event ; sem:hasEarliestBeginTimeStamp ?y", "?x a kg:Event ; kg:startDate ?y"),
        (
            "?x a schema:Event ; schema:location ?y . ?y a schema:Place",
            "?x kg:hasPlace|kg:hasOrigin|kg:hasDestination ?y",
        ),
        ("?x a schema:Person ; schema:memberOf ?y . ?y schema:member ?x", "?x kg:memberOf ?y"),
        ("?x a schema:NewsArticle . BIND(1 AS ?y)", "?x a kg:Article . BIND(1 AS ?y)"),
        ("?x a foaf:Person . ?x org:holds ?y . ?y org:heldBy ?x", "?x kg:holdsPosition ?y"),
        ("?x a org:Organization ; rdfs:label ?y", "?x a kg:Organization ; rdfs:label ?y"),
        ("?x a prov:Entity ; prov:wasDerivedFrom ?y", "?x kg:inArticle ?y"),
        ("?y a nif:Context . ?x a nif:Phrase ; nif:referenceContext ?y", "?x kg:inArticle ?y"),
        ("?x gaf:denotes ?y . ?y a sem:Event", "?y kg:hasMention ?x ; a kg:Event"),
        ("?x a geo:Feature ; kg:locatedIn ?y", "?x a kg:Place ; (kg:locatedIn|kg:capitalOf)+ ?y"),
    ],
)
def test_a_user_who_knows_only_another_vocabulary_can_ask(reasoned: Store, where: str, ours: str) -> None:
    def rows(store: Store, pattern: str) -> set[tuple[str, str]]:
        text = f"{PREFIX} SELECT DISTINCT ?x ?y WHERE {{ {pattern} }}"
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return {(str(row["x"]), str(row["y"])) for row in found}

    read = Store()
    read.extend(quad for quad in reasoned if str(quad.graph_name) != "<urn:g>")
    assert rows(reasoned, where) == rows(read, ours) != set()
    assert rows(read, where) == set(), "it would need no reasoner"


# ---- The rules against owlrl, a reasoner of another make, on ontologies of any shape -----------------

CLASSES, PROPERTIES, THINGS = ([f"urn:x:{kind}{number}" for number in range(4)] for kind in "CPI")
_OWL = OWL.iri


def _statements(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[Statement]:
    return st.tuples(*parts).map(lambda each: Statement(*each))


_class, _property, _thing = map(st.sampled_from, (CLASSES, PROPERTIES, THINGS))
AXIOMS = st.lists(
    st.one_of(
        _statements(_class, st.just(RDFS.subClassOf), _class),
        _statements(_class, st.just(_OWL + "equivalentClass"), _class),
        _statements(_property, st.just(RDFS.subPropertyOf), _property),
        _statements(_property, st.just(_OWL + "inverseOf"), _property),
        _statements(_property, st.sampled_from([RDFS.iri + "domain", RDFS.iri + "range"]), _class),
        _statements(
            _property,
            st.just(RDF.type),
            st.sampled_from([f"{_OWL}{kind}Property" for kind in ("Transitive", "Symmetric", "Functional")]),
        ),
    ),
    max_size=7,
)
FACTS = st.lists(
    st.one_of(
        _statements(_thing, st.just(RDF.type), _class),
        _statements(_thing, _property, _thing),
        _statements(_thing, st.just(OWL.sameAs), _thing),
    ),
    max_size=7,
)
DECLARED = [
    *(Statement(each, RDF.type, OWL.Class) for each in CLASSES),
    *(Statement(each, RDF.type, OWL.ObjectProperty) for each in PROPERTIES),
]


@settings(max_examples=60, deadline=None)
@given(axioms=AXIOMS, facts=FACTS)
def test_the_rules_find_what_owlrl_finds(axioms: list[Statement], facts: list[Statement]) -> None:
    known = read_axioms([*DECLARED, *axioms])
    assume(not known.unknown)  # a property that is functional and transitive is no OWL 2 DL
    graph = Graph()
    for each in (*DECLARED, *axioms, *facts):
        graph.add(tuple(map(URIRef, map(str, each))))  # type: ignore[arg-type]
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    used = {
        name
        for subject, predicate, value in facts
        for name in ((subject,) if predicate == RDF.type else (subject, str(value)))
        if predicate != OWL.sameAs
    }
    wanted = {
        Statement(subject, predicate, value)
        for subject, predicate, value in (map(str, each) for each in graph)
        if subject in used
        and subject != value
        and ((predicate == RDF.type and value in CLASSES) or (predicate in PROPERTIES and value in used))
    }
    assert set(Closure(known, told(facts, known)).entailed()) == wanted - set(facts)


def test_the_ontology_keeps_to_what_the_rules_know() -> None:
    done = reason(io.BytesIO(), engine=Engine.RL)
    assert done.axioms.unknown == frozenset()
    assert KG.locatedIn in done.axioms.transitive
