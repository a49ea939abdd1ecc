"""Actors are matched in Arabic and Russian, from data alone."""

from __future__ import annotations

import pytest

from aneroid.actors import default_index, languages
from aneroid.text import read_article


def found(text: str, year: int = 2019) -> list[str | None]:
    """Who is named, in order."""
    return [m.entry.state or m.entry.actor for m in default_index().find(text, year=year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Президент России Путин встретился в Анкаре с Эрдоганом.", ["RUS", "RUS", "TUR", "TUR"]),
        ("США ввели санкции против Ирана и Венесуэлы, сообщил Вашингтон.", ["USA", "IRN", "VEN", "USA"]),
        ("Российские и турецкие военные начали патрулирование.", ["RUS", "TUR"]),
        ("Совет Безопасности ООН обсудил Сирию и Украину.", ["UNO", "UNO", "SYR", "UKR"]),
        ("قالت الولايات المتحدة إنها ستفرض عقوبات على إيران وتركيا.", ["USA", "IRN", "TUR"]),
        ("التقى وزير الخارجية الروسي لافروف نظيره العراقي في بغداد.", ["RUS", "RUS", "IRQ", "IRQ"]),
        ("أعلن مجلس الأمن الدولي أن للعراق والسعودية", ["UNO", "IRQ", "SAU"]),
    ],
)
def test_states_capitals_leaders_and_adjectives_in_their_forms(text: str, expected: list[str]) -> None:
    """Cases, articles and particles written onto a word do not hide a name."""
    assert found(text) == expected


def test_a_leader_is_known_only_in_his_time() -> None:
    """Terms of office hold in every language."""
    sectors = {year: default_index().find("Обама", year=year)[0].entry.sector for year in (2012, 2020)}
    assert sectors == {2012: "GOV", 2020: "ELI"}


@pytest.mark.parametrize(
    ("text", "code"), [("Россия и Иран подписали соглашение в Москве. Это было важно для них и для всех.", "ru"),
                       ("وقعت روسيا وإيران اتفاقا في موسكو يوم الاثنين", "ar")]
)  # fmt: skip
def test_an_article_in_another_language_has_its_tag_its_actors_and_no_claims(text: str, code: str) -> None:
    """It is stored and matched, and the reading says what was not done."""
    reading = read_article(text + "\n", media_type="text/plain")
    assert (reading.article.language, reading.claims) == (code, ())
    assert [p.state for p in reading.parties] == ["RUS", "IRN", "RUS"]
    assert all(reading.article.text[slice(*p.span)] == p.phrase for p in reading.parties)
    assert "actors but no claims" in reading.notes[0]


def test_every_language_is_a_file() -> None:
    """Arabic and Russian are there; a further file would be found by itself."""
    assert languages() == ("ar", "ru")


def test_ordinary_words_are_no_states() -> None:
    """Names that are also common words are left out: "того" opens many Russian sentences."""
    assert found("Того не ожидали. Мали размеры.") == []
