"""The pages in a real Chromium, under the real policy."""

from __future__ import annotations

import pytest

from webmap.assets import vendor_file

pytestmark = pytest.mark.browser

PAGES = (
    "/99999/jhs/J0",
    "/99999/jhs/EMPTY",
    "/99999/jhs/NOPLACE",
    "/99999/jhs/INNER",
    "/99999/jhs/AROUND",
    "/",
    "/99999/nb/",
    "/error",
)
SIZES = ((390, 844), (1366, 768), (1920, 1080))
HOSTILE = "() => [document.title, document.documentElement.dataset.broken ?? null]"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_at_every_size(open_page, path: str) -> None:
    axe = vendor_file("axe").read_text("utf-8")
    page = open_page(path)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate(
            axe + ";axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
        )
        assert found == [], (width, found)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_every_entry_with_a_place_is_on_a_flag(open_page, sample) -> None:
    page = open_page("/99999/jhs/J0")
    answer = sample.map_answer()
    assert page.locator(".flag:not([hidden])").count() == len(answer.flags)
    assert page.locator(".entry:visible").count() == len(answer.entries)


def test_hostile_names_stay_text(open_page, sample) -> None:
    page = open_page("/99999/jhs/J0")
    title = page.title()
    for entry in sample.map_answer().entries:
        item = page.locator(f"#t{entry.number}")
        assert item.locator(".entry-name").text_content() == entry.name
        if entry.name in sample.HOSTILE:
            item.locator("summary").click()
            page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    for flag in page.locator(".flag-button").all():
        flag.evaluate("button => button.click()")
    assert page.evaluate(HOSTILE) == [title, None]
    assert page.locator("img, iframe, .flags a, b").count() == 0


def test_filters_keep_map_list_count_and_address_together(open_page) -> None:
    page = open_page("/99999/jhs/J0")
    page.locator("label.check", has_text="サロン").click()
    kept = page.locator(".entry:visible").count()
    assert page.locator("[data-result]").text_content() == f"お宝 39件のうち {kept}件"
    assert page.url.endswith("?layer=salon")
    page.locator("#q").fill("ふれあい ひまわり")
    assert page.locator(".entry:visible").count() == 0
    assert page.locator("[data-empty]").is_visible()
    assert page.locator(".flag:not([hidden])").count() == 0
    page.locator("[data-clear]").click()
    assert page.locator("[data-result]").text_content() == "お宝 39件"
    page.go_back()
    page.go_back()
    assert page.url.endswith("?layer=salon")
    assert page.locator(".entry:visible").count() == kept


def test_address_gives_the_same_view_with_and_without_script(open_page) -> None:
    path = "/99999/jhs/J0?layer=gather&layer=senior&q=%E9%AB%98"
    shown = "() => [...document.querySelectorAll('.entry:not([hidden])')].map(e => e.id)"
    with_script = open_page(path).evaluate(shown)
    plain = open_page(path, script=False)
    without = [item.get_attribute("id") for item in plain.locator(".entry:not([hidden])").all()]
    assert without == with_script
    assert plain.locator(".map-wait").is_visible()


def test_list_and_flag_choose_each_other(open_page) -> None:
    page = open_page("/99999/jhs/J0")
    page.locator("#t17 summary").click()
    assert page.locator(".flag-selected").count() == 1
    assert page.url.endswith("#t17")
    label = page.locator(".flag-selected button").get_attribute("aria-label")
    assert label is not None
    assert label.startswith("通17 ")
    page.keyboard.press("Escape")
    assert page.locator(".flag-selected").count() == 0
    flag = page.locator('.flag-button[aria-label^="通21 "]')
    flag.focus()
    page.keyboard.press("Enter")
    assert page.locator("#t21 details").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.closest('.entry').id") == "t21"


def test_a_shared_flag_asks_which_one(open_page) -> None:
    page = open_page("/99999/jhs/J0")
    page.locator('.flag-button[aria-label*="会 その32"]').evaluate("button => button.click()")
    assert page.locator(".card-choice").count() == 5
    page.locator(".card-choice").nth(1).click()
    assert page.locator(".entry-chosen").get_attribute("id") == "t33"


def test_arrow_keys_walk_from_flag_to_flag(open_page) -> None:
    page = open_page("/99999/jhs/J0")
    assert page.locator('.flag-button[tabindex="0"]').count() == 1
    page.locator('.flag-button[tabindex="0"]').focus()
    seen = set()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(seen) == 31


def test_phone_shows_a_card_over_the_map(open_page) -> None:
    page = open_page("/99999/jhs/J0", width=390, height=844)
    page.locator("[data-to-view=map]").click()
    page.locator('.flag-button[aria-label^="通5 "]').dispatch_event("click", {"detail": 1})
    assert "移動販売 とくし丸 東町" in (page.locator("[data-card]").text_content() or "")
    page.locator(".card-close").click()
    assert page.locator("[data-card]").is_hidden()


@pytest.mark.slow
def test_two_thousand_places_are_drawn_in_a_moment(open_page) -> None:
    page = open_page("/99999/jhs/BIG")
    assert page.locator(".flag:not([hidden])").count() == 2000
    # Time on the processor, not by the clock: other tests run on the same machine.
    clock = page.context.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = clock.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    before = busy()
    page.locator('.map-button[title="地図を大きくする"]').click()
    page.wait_for_timeout(600)
    assert busy() - before < 2.5
