"""The page in a real Chromium: what a reader sees, clicks, taps and types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attribution.records import AttributedDocument
from attribution.render.html import to_html
from tests.chromium import CONTRAST, LEFT_OUT
from tests.render_html import made

pytestmark = pytest.mark.skipif(LEFT_OUT is not None, reason=str(LEFT_OUT))
Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens documents as one page from a file; a request or an error in the page fails the test."""
    trouble: list[str] = []
    contexts = []

    def opened(*documents: AttributedDocument, address: str = "", title: str = "عنوان", **context: Any) -> Any:
        file = tmp_path / "page.html"
        file.write_bytes(to_html(documents, title=title).encode())
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("request", lambda request: request.url.startswith("file:") or trouble.append(request.url))
        page.goto(file.as_uri() + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def strong(page: Any) -> str:
    """The stretches of text that belong to the quotation shown."""
    return "|".join(page.locator(".text .on").all_inner_texts())


def cards(page: Any) -> list[str]:
    return [page.locator(".card").nth(n).get_attribute("data-q") for n in visible(page.locator(".card"))]


def visible(locator: Any) -> list[int]:
    return [n for n in range(locator.count()) if locator.nth(n).is_visible()]


def current(page: Any) -> str | None:
    found = page.locator(".card.current")
    return found.get_attribute("data-q") if found.count() else None


def stretch(page: Any, words: str) -> Any:
    return page.locator(".text span").filter(has_text=words).first


@pytest.mark.parametrize("document", [made.nested(), made.hostile()], ids=["nested", "hostile"])
def test_text_read_back_from_the_browser_is_the_article(opened: Open, document: AttributedDocument):
    page = opened(document)
    assert page.locator(".text").evaluate("(e) => e.textContent") == document.text


def test_every_character_comes_back_from_the_browser(opened: Open):
    text = "".join(
        map(chr, (*range(1, 0x500), *range(0x600, 0x700), *range(0x2000, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF, 0x1F600))
    )
    page = opened(made.document(text, ()))
    assert page.locator(".text").evaluate("(e) => e.textContent") == text


def test_script_in_an_article_stays_text(opened: Open):
    page = opened(made.hostile(), title="<script>document.title='HACKED'</script>")
    assert page.title() == "<script>document.title='HACKED'</script>"
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert "<script>document.title='HACKED'</script>" in page.locator(".text").inner_text()


def test_pointer_on_a_quotation_shows_its_speaker_cue_and_source(opened: Open):
    page = opened(made.nested())
    stretch(page, "لها أن").hover()
    assert current(page) == "0"
    assert strong(page).replace("|", "") == "إن المدير أكد لها أن «العمل يبدأ غدا» بعد الظهر"
    assert page.locator(".on-cue").inner_text() == "قالت"
    assert page.locator(".on-source").inner_text() == "الوزيرة"
    page.locator("h1").hover()
    assert current(page) is None
    assert strong(page) == ""


def test_pointer_on_a_cue_shows_what_it_introduces(opened: Open):
    page = opened(made.nested())
    stretch(page, "أكد").hover()
    assert current(page) == "1"


def test_clicks_go_from_the_innermost_quotation_outwards_and_let_go(opened: Open):
    page = opened(made.nested())
    seen = []
    for _ in range(4):
        stretch(page, "العمل يبدأ").click()
        seen.append(current(page) if page.locator('.go[aria-pressed="true"]').count() else None)
    assert seen == ["2", "1", "0", None]


def test_pinned_quotation_stays_while_the_pointer_goes_elsewhere(opened: Open):
    page = opened(made.nested())
    stretch(page, "العمل يبدأ").click()
    stretch(page, "في موعده").hover()
    assert current(page) == "2"
    page.keyboard.press("Escape")
    assert current(page) is None


def test_card_leads_to_its_place_in_the_text(opened: Open):
    page = opened(made.nested())
    page.locator(".card .go").nth(4).click()
    assert current(page) == "4"
    assert strong(page) == "أن العمل|في موعده"
    assert page.evaluate("document.activeElement.textContent") == "أن العمل"


def test_card_of_a_nested_quotation_leads_to_the_one_around_it(opened: Open):
    page = opened(made.nested())
    page.locator('.card[data-q="1"] a').click()
    assert current(page) == "0"


def test_filter_by_speaker_takes_tint_card_and_tab_stop_away(opened: Open):
    page = opened(made.nested())
    page.get_by_role("checkbox", name="وكالة").uncheck()
    assert cards(page) == ["0", "1", "2"]
    assert page.locator(".status").inner_text() == "يظهر 3 من 5"
    assert stretch(page, "في موعده").evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.locator('.text [tabindex="0"]').count() == 2
    stretch(page, "في موعده").hover()
    assert current(page) is None
    page.get_by_role("checkbox", name="وكالة").check()
    assert len(cards(page)) == 5


def test_filtered_inner_quotation_gives_way_to_the_outer_colour(opened: Open):
    page = opened(made.nested())
    outer = stretch(page, "لها أن").evaluate("(e) => e.style.getPropertyValue('--h0')")
    inner = stretch(page, "العمل يبدأ")
    assert inner.evaluate("(e) => e.style.getPropertyValue('--h0')") != outer
    page.get_by_role("checkbox", name="المدير").uncheck()
    page.get_by_role("checkbox", name="متحدث غير معروف").uncheck()
    assert inner.evaluate("(e) => e.style.getPropertyValue('--h0')") == outer


def test_filter_by_type(opened: Open):
    page = opened(made.nested())
    page.get_by_role("checkbox", name="غير مباشر (3)").uncheck()
    assert cards(page) == ["0", "1"]
    page.get_by_role("button", name="لا أحد").click()
    assert cards(page) == []
    page.get_by_role("button", name="الكل").click()
    assert cards(page) == ["0", "1"]


def test_keyboard_alone_reaches_reads_and_leaves_every_quotation(opened: Open):
    page = opened(made.nested())
    page.keyboard.press("Tab")
    assert current(page) == "0"
    page.keyboard.press("Tab")
    assert current(page) == "2"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Space")
    assert current(page) == "1"
    page.keyboard.press("Escape")
    assert current(page) is None
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert current(page) == "1"
    page.keyboard.press("ArrowRight")
    assert current(page) == "0"


def test_screen_reader_hears_who_says_it(opened: Open):
    page = opened(made.nested())
    button = page.get_by_role("button", name="إن", exact=False).first
    described = button.evaluate("(e) => document.getElementById(e.getAttribute('aria-describedby')).textContent")
    assert "الوزيرة" in described
    assert "مختلط" in described
    stretch(page, "في موعده").click()
    assert "وكالة" in page.locator(".status").inner_text()
    assert page.locator(".status").get_attribute("aria-live") == "polite"
    assert page.locator("html").get_attribute("lang") == "ar"
    for element in page.locator("input").all():
        assert element.evaluate("(e) => e.labels.length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_everywhere(opened: Open, scheme: str):
    voices = [f"صوت {n}" for n in range(14)]
    text = " ".join(f"قال صوت {n} إن الأمر {n} صحيح." for n in range(14))
    found = [made.attribution(n, text, f"إن الأمر {n} صحيح", "قال", voice) for n, voice in enumerate(voices)]
    page = opened(made.document(text, found), color_scheme=scheme)
    whole = page.locator("body *").evaluate_all(CONTRAST)
    assert len(whole) > 100
    assert [pair for pair in whole if pair[0] < 4.5] == []
    for number in range(14):
        page.locator(".card .go").nth(number).click()
        shown = page.locator(".text *, .card.current *").evaluate_all(CONTRAST)
        assert [pair for pair in shown if pair[0] < 4.5] == []
    index = opened(made.nested(), made.document(text, found), color_scheme=scheme)
    assert [pair for pair in index.locator("body *").evaluate_all(CONTRAST) if pair[0] < 4.5] == []


def test_schemes_differ(opened: Open):
    shades = {}
    for scheme in ("light", "dark"):
        body = opened(made.nested(), color_scheme=scheme).locator("body")
        shades[scheme] = body.evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert shades["light"] != shades["dark"]


def test_telephone_shows_a_sheet_at_the_foot_and_never_scrolls_sideways(opened: Open):
    page = opened(made.hostile(), viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    page.locator("[data-open]").first.tap()
    box = page.locator(".card.current").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(740, abs=2)
    close = page.locator(".card.current .close")
    assert min(close.bounding_box()[side] for side in ("width", "height")) >= 40
    close.tap()
    assert current(page) is None


def test_telephone_shows_the_sheet_of_a_collection_too(opened: Open):
    page = opened(
        made.nested(),
        made.hostile(),
        address="#article-0",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    page.locator("#article-0 [data-open]").first.tap()
    box = page.locator(".card.current").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(740, abs=2)


def test_printed_page_has_everything_and_no_controls(opened: Open):
    page = opened(made.nested())
    page.emulate_media(media="print")
    assert visible(page.locator("input, .close, .every")) == []
    assert len(cards(page)) == 5
    assert page.locator(".side").evaluate("(e) => getComputedStyle(e).position") == "static"
    assert page.locator(".card").first.get_by_text("العدد لا يطابق").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_page_without_scripts_still_tells_everything(opened: Open):
    page = opened(made.nested(), java_script_enabled=False)
    assert len(cards(page)) == 5
    assert visible(page.locator("input")) == []


def test_collection_leads_from_speaker_to_article_and_back(opened: Open):
    second = made.hostile().model_copy(update={"metadata": {"title": "الثاني"}})
    page = opened(made.nested(), second, title="مجموعة")
    assert visible(page.locator(".article")) == []
    page.locator(".articles a").nth(1).click()
    assert visible(page.locator(".article")) == [1]
    assert not page.locator("#index").is_visible()
    page.get_by_role("link", name="كل المقالات").click()
    assert page.locator("#index").is_visible()
    row = page.locator("#index .speakers > li").filter(has_text="الوزيرة")
    row.locator("summary").click()
    row.locator("a").click()
    assert visible(page.locator(".article")) == [0]


def test_collection_opened_at_a_card_shows_it(opened: Open):
    page = opened(made.nested(), made.hostile(), address="#article-0-q3")
    assert current(page) == "3"


def test_index_finds_speakers_by_name_and_kind(opened: Open):
    many = [
        made.document("قال", [made.attribution(0, "قال", "قال", speaker=f"متحدث {n}")], id=str(n)) for n in range(30)
    ]
    page = opened(made.nested(), *many)
    rows = page.locator("#index .speakers > li")
    assert len(visible(rows)) == 25
    page.get_by_role("searchbox").fill("متحدث 2")
    assert len(visible(rows)) == 11
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="أظهر الكل").click()
    assert len(visible(rows)) == 34
    page.get_by_role("checkbox", name="شخص").uncheck()
    assert [rows.nth(n).get_attribute("data-name") for n in visible(rows)] == ["وكالة", "متحدث غير معروف"]


@pytest.mark.parametrize("typed", ["اوشاكوف", "أُوشاكـوف", "الموظفه", " يوري  أوشاكوف", "YURI", "مصطفي"])
def test_index_finds_speakers_however_they_are_spelled(opened: Open, typed: str):
    name = "الموظفة مصطفى يوري أوشاكوف (Yuri)"
    page = opened(
        made.document("قال", [made.attribution(0, "قال", "قال", speaker=name)], id="1"),
        made.document("قال", [made.attribution(0, "قال", "قال", speaker="سعيد")], id="2"),
    )
    page.get_by_role("searchbox").fill(typed)
    rows = page.locator("#index .speakers > li")
    assert [rows.nth(n).get_attribute("data-name") for n in visible(rows)] == [name]


def test_bars_are_as_long_as_the_figures_say(opened: Open):
    page = opened(made.nested())
    widths = page.locator(".side .speakers .bar.words i").evaluate_all(
        "(bars) => bars.map((b) => b.getBoundingClientRect().width)"
    )
    words = [10, 3, 2, 11]
    assert [round(w / max(widths), 1) for w in widths] == [round(n / max(words), 1) for n in words]
