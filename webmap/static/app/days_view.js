"use strict";
// The days on the page. Online everything is said for the server's today; a file says it for the
// day it is opened on, as far as it knows.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // live: whether the page is a file of its own, opened on whatever day.
  Otakara.followDays = (data, live) => {
    if (!data.days) return null;
    const clock = live ? Otakara.clockDay(data.days) : data.days.today;
    // A file cannot be opened before it was made: then the clock is wrong, and its own day counts.
    const days = Otakara.openDays(data.days, Math.max(clock, data.days.today));
    const over = days.today > days.told.last;
    const known = !over && data.days.facets.some((facet) => facet.days.length);
    const choices = document.querySelector("[data-days]");
    if (choices && matchMedia(Otakara.PHONE).matches) choices.open = true; // there a search has the screen
    days.weekdays = known ? Otakara.WEEKDAYS : [];
    days.whens = Otakara.WHENS.filter((when) => known && days.spans[when][1] <= days.told.last);
    if (clock !== data.days.today) {
      sayNext(data, days);
      sayChoices(data, days);
      warn(days, clock < data.days.today, over);
    }
    return days;
  };

  // Why the treasures of a list narrowed to days are in it.
  Otakara.sayAsked = (data, days, state) => {
    for (const old of document.querySelectorAll(".entry-asked")) old.remove();
    if (!state.weekday.length && !state.when) return;
    for (const entry of data.entries) {
      const line = entry.days === null ? "" : days.askedLine(entry.days, state);
      if (!line) continue;
      const said = document.createElement("span");
      said.className = "entry-asked";
      said.textContent = line;
      lineOf(entry, "").append(said);
    }
  };

  const lineOf = (entry, part) => document.querySelector(`#t${entry.number} .entry-day ${part}`);

  function sayNext(data, days) {
    for (const entry of data.entries) {
      if (entry.days === null) continue;
      const said = days.nextLine(entry.days);
      lineOf(entry, ".entry-next").textContent = said;
      const hall = document.querySelector(`[data-hall-next="${entry.number}"]`);
      if (hall) hall.textContent = said;
      if (data.days.facets[entry.days].changes) sayNews(entry, Otakara.newsLines(days, entry.days));
    }
  }

  // What is over by now is news no more.
  function sayNews(entry, lines) {
    const told = [...lineOf(entry, "").querySelectorAll(".entry-news")];
    told.forEach((old, index) => (index < lines.length ? (old.textContent = lines[index]) : old.remove()));
    const hall = document.querySelector(`[data-hall-news="${entry.number}"]`);
    if (!hall) return;
    hall.hidden = !lines.length;
    [...hall.children].forEach((old, index) => (index < lines.length ? (old.textContent = lines[index]) : old.remove()));
  }

  function sayChoices(data, days) {
    const held = data.entries.filter((entry) => entry.days !== null);
    const count = (state) => held.filter((entry) => days.accepts(entry.days, { weekday: [], when: "", ...state })).length;
    for (const box of document.querySelectorAll("[data-days] input")) {
      const isWeekday = box.name === "weekday";
      if (!box.value) continue;
      const offered = (isWeekday ? days.weekdays : days.whens).includes(box.value);
      const line = box.closest("li");
      box.disabled = !offered;
      line.classList.toggle("day-unknown", !offered);
      const said = count(isWeekday ? { weekday: [box.value] } : { when: box.value });
      line.querySelector(".count").textContent = offered ? Otakara.sayCount("%(count)s件", said) : "";
      const more = line.querySelector(".day-more");
      if (isWeekday) more.hidden = !offered;
      else more.textContent = days.spanOf(days.spans[box.value]);
    }
    const period = document.querySelector("[data-day-period]");
    if (period) period.textContent = Otakara.say("%(period)sに開く日で数えています。", { period: days.spanOf(days.ahead) });
  }

  function warn(days, early, over) {
    const line = document.querySelector("[data-day-warning]");
    if (!line || (!early && days.whens.length === Otakara.WHENS.length)) return;
    line.hidden = false;
    const last = days.dateOf(days.told.last);
    if (early) {
      line.textContent = Otakara.say("この機械の日付が、このファイルを作った日より前になっています。%(day)sのものとして出しています。", { day: days.dateOf(days.today) });
    } else if (over) {
      line.textContent = Otakara.say("このファイルの予定は%(last)sまでです。新しいファイルをもらってください。", { last });
    } else line.textContent = Otakara.say("このファイルの予定は%(last)sまでです。", { last });
  }
})();
