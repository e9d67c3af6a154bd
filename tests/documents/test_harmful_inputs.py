"""Files that somebody made to do harm: each is read within limits, or left out with one line."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from kg.documents import read_documents
from kg.documents.count import count_documents
from kg.documents.inputs import InputFormat
from kg.documents.prose import not_prose
from kg.errors import KgError, UsageError
from kg.limits import LIMITS, LONGEST_TEXT
from kg.model import SourceDocument

RAIN = "Rain fell on the hills above the town, and the mayor said that the roads to it were closed. "


def read(*inputs: Path | str, **more: object) -> tuple[list[SourceDocument], list[str]]:
    errors: list[KgError] = []
    found = list(read_documents(inputs, on_error=errors.append, **more))  # type: ignore[arg-type]
    messages = [str(error) for error in errors]
    assert all(message.isprintable() and len(message) < 1000 for message in messages)
    return found, messages


class Endless(io.RawIOBase):
    """A stream without end, which says how much was taken of it."""

    def __init__(self, block: bytes) -> None:
        self.block, self.taken = block, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = (self.block * (len(view) // len(self.block) + 1))[: len(view)]
        view[:] = data
        self.taken += len(data)
        return len(data)


@pytest.mark.parametrize("block", [b"Rain fell. ", b"Rain.\n"])
def test_a_text_without_end_is_left_out(block: bytes) -> None:
    endless = Endless(block)
    found, errors = read("-", stdin=io.BufferedReader(endless), stdin_format=InputFormat.TEXT)
    assert found == []
    assert "longer than an article can be" in errors[0]
    assert LONGEST_TEXT.name in errors[0]
    assert endless.taken < 40_000_000


def test_a_line_without_end_is_left_out_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LONGEST_LINE", "100")
    path = tmp_path / "a.jsonl"
    good = '{"id": "good", "text": "Rain fell."}'
    path.write_text(f'{{"text": "{"a" * 1000}"}}\n{good}\n{"[" * 5000}\n', encoding="utf-8")
    found, errors = read(path)
    assert [document.id for document in found] == ["good"]
    assert [error.partition(": ")[0] for error in errors] == [f"{path} line 1", f"{path} line 3"]
    assert "KG_LONGEST_LINE" in errors[0]


def test_json_that_breaks_parsers_is_left_out(tmp_path: Path) -> None:
    lines = [
        '{"text":' * 100_000,
        "[" * 100_000,
        '{"text": "x", "id": "' + "9" * 100_000 + '"}',
        '{"text": "x", "url": "https://a.example/' + "9" * 100_000 + '"}',
        '{"text": "x", "id": "\\ud800"}',
        '{"text": "x", "id": ' + "9" * 100_000 + "}",
        '{"text": "x", "date": 1e999999}',
        '{"text": "Rain fell.", "id": "good", "more": ' + "[" * 50 + "]" * 50 + "}",
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found, errors = read(path)
    assert {document.id for document in found} >= {"good"}
    assert len(found) + len(errors) == len(lines)
    assert all(len(document.id.encode()) < 10_000 for document in found)


def test_pipes_and_devices_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a\nb -rf.txt").write_text(RAIN, encoding="utf-8")
    found, errors = read(tmp_path)
    assert [document.id for document in found] == ["a\nb -rf.txt"]
    assert len(errors) == 1
    assert "gone.txt" in errors[0]
    found, _ = read(f"{tmp_path}/*.txt")
    assert len(found) == 1
    assert count_documents([tmp_path / "pipe.jsonl"]) is None  # not opened: it would wait without end


def test_a_device_that_is_named_is_left_out() -> None:
    found, errors = read("/dev/zero")
    assert found == []
    assert "zero byte" in errors[0] or "longer" in errors[0]


def test_stretches_without_a_space_are_passed_over() -> None:
    text = f"{RAIN * 200}{'(' * 3000}a{')' * 3000} {RAIN}"
    found, errors = read("-", stdin=io.BytesIO(text.encode()))
    assert errors == []
    (span,) = found[0].skip
    assert text[span.begin : span.end] == f"{'(' * 3000}a{')' * 3000}"


FOREIGN = {
    "de": "Die Rebellen haben am Sonntag die Stadt eingenommen, teilte die Armee mit. Der Chef sagte,"
    " zwölf Soldaten seien getötet worden, und viele Menschen hätten die Stadt verlassen.",
    "fr": "Les rebelles ont pris la ville dimanche, a annoncé l'armée. Le maire a déclaré que douze soldats "
    "avaient été tués et que de nombreux habitants avaient quitté la ville.",
    "es": "Los rebeldes tomaron el domingo la ciudad, informó el ejército. El alcalde dijo que doce soldados "
    "murieron y que muchos vecinos abandonaron la ciudad.",
    "it": "I ribelli hanno preso domenica la città, ha riferito l'esercito. Il sindaco ha detto che "
    "soldati sono stati uccisi e che molti abitanti hanno lasciato la città.",
    "pt": "Os rebeldes tomaram no domingo a cidade, informou o exército. O prefeito disse que soldados "
    "foram mortos e que muitos moradores deixaram a cidade.",
    "nl": "De rebellen hebben zondag de stad ingenomen, meldde het leger. De burgemeester zei dat "
    "soldaten waren gedood en dat veel inwoners de stad hadden verlaten.",
    "sv": "Rebellerna intog staden i söndags, meddelade armén. Borgmästaren sade att tolv soldater hade "
    "dödats och att många invånare hade lämnat staden.",
    "tr": "İsyancılar pazar günü kenti ele geçirdi, ordu bunu duyurdu. Belediye başkanı on iki askerin "
    "öldüğünü ve birçok kişinin kenti terk ettiğini söyledi.",
    "id": "Pemberontak merebut kota pada hari Minggu, kata tentara. Wali kota mengatakan dua belas tentara "
    "tewas dan banyak warga meninggalkan kota itu.",
    "sw": "Waasi waliuteka mji siku ya Jumapili, jeshi lilisema. Meya alisema askari kumi na wawili waliuawa "
    "na watu wengi waliondoka mjini. Serikali ilikataa kutoa maoni.",
    "ru": "Повстанцы в воскресенье захватили город, сообщила армия. Мэр сказал, что погибли солдаты.",
    "ar": "سيطر المتمردون يوم الأحد على المدينة، حسبما أعلن الجيش. وقال رئيس البلدية إن جنودا قتلوا.",
    "zh": "军方称，叛军周日占领了这座城市。市长说，十二名士兵丧生，许多居民离开了这座城市。政府拒绝置评。",
    "hi": "सेना ने बताया कि विद्रोहियों ने रविवार को शहर पर कब्ज़ा कर लिया। महापौर ने कहा कि बारह सैनिक मारे गए।",
    "table": "Mali\t12\t13\nNiger\t2\t7\nChad\t0\t1\nBenin\t9\t2\nTogo\t5\t5\nGhana\t8\t21\nSenegal\t4\t1\n",
    "scores": "Gao FC 3-1 Mopti United\nKayes 0-0 Sikasso\nSegou City 2-2 Bamako Stars\nKidal 1-4 Timbuktu\n"
    "Menaka 0-2 Gao B\nDire 5-0 Bourem\nAnsongo 1-1 Niono\nDjenne 2-3 San\n",
    "code": "def main(argv: list[str]) -> int:\n    for name in argv[1:]:\n        path = Path(name)\n"
    "        if not path.exists():\n            return 1\n        print(path.read_text(encoding='utf-8'))\n",
    "coordinates": "16.2666, -0.0400\n18.4411, 1.4078\n14.4843, -4.1829\n12.6500, -8.0000\n13.4317, -6\n",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_english_prose_is_said_to_be_none(what: str) -> None:
    record = json.dumps({"id": what, "text": FOREIGN[what]})
    found, errors = read("-", stdin=io.BytesIO(record.encode()))
    assert found == []
    assert " is no" in errors[0]
    assert "KG_LEAST_ENGLISH=0" in errors[0]


@pytest.mark.parametrize(
    "text",
    [
        RAIN * 3,
        "Rain fell.",
        "\u202e" + RAIN.replace(" ", " \u200b\u200d\u2060\ufeff\x1b") * 3,
        "Rebels took Kidal on Sunday. " * 20,
        "KIDAL, Mali (AP) — Two dead, nine hurt in market blast, police say.",
        "Prime Minister Łukasz Wójcik met Chancellor Jürgen Größl in Zürich on Tuesday, officials said after "
        "the talks, which Nguyễn Văn Ả of Việt Nam and Ólafur Þórðarson of Iceland attended too.",
        "The score was 3-1. Gao beat Mopti 2-0, and 14,000 people saw it at the ground in Kayes on 3 May.",
    ],
)
def test_english_is_read(text: str) -> None:
    found, errors = read("-", stdin=io.BytesIO(text.encode()))
    assert errors == []
    assert found[0].text == text


def test_boilerplate_does_not_hide_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not_prose(FOREIGN["de"], least=0) is None
    monkeypatch.setenv("KG_LEAST_ENGLISH", "0")
    found, _ = read("-", stdin=io.BytesIO(FOREIGN["de"].encode()))
    assert len(found) == 1


def test_a_limit_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)
    monkeypatch.setenv(LONGEST_TEXT.name, "12")
    assert LONGEST_TEXT.value() == 12
    found, errors = read("-", stdin=io.BytesIO(RAIN.encode()))
    assert found == []
    assert "12 characters" in errors[0]
    for wrong in ("a lot", "-1", "1e9", "٣", "9" * 30):
        monkeypatch.setenv(LONGEST_TEXT.name, wrong)
        with pytest.raises(UsageError, match=LONGEST_TEXT.name):
            LONGEST_TEXT.value()
