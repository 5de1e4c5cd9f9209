"use strict";
// The hall: keys, buttons and flags lead from step to step. Online it is the page; in the offline
// file it stands beside the ordinary page and opens over it.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  document.documentElement.classList.replace("no-script", "with-script");
  const root = document.querySelector("[data-hall]");
  if (!root) return;

  const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " "];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
  const find = (name) => root.querySelector(`[data-hall-${name}]`);
  const data = JSON.parse(document.getElementById("hall-data").textContent);
  const beside = root.hidden; // the ordinary page is in this file, too
  const stage = Otakara.createHallStage(root);
  const menu = find("menu");
  const [back, forth] = root.querySelectorAll("[data-hall-turn]");
  let steps = [];
  let at = 0;
  let screen = 0;
  let screens = 1;
  let aside = null; // a treasure that the tour does not visit, looked at in between
  let view = null;
  let opener = null;

  // On a page of its own the folium shell calls this with its map.
  Otakara.start ??= (map) => open(map);
  if (!beside && !find("map")) open(null);
  if (beside) {
    for (const button of document.querySelectorAll("[data-open-hall]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        opener = button;
        open(null);
      });
    }
    const asked = () => /^#hall\b/.test(location.hash) && open(null);
    addEventListener("hashchange", asked);
    asked();
  }

  function open(map) {
    if (document.documentElement.classList.contains("hall-open")) return;
    root.hidden = false;
    document.documentElement.classList.add("hall-open");
    if (!view) begin(map);
    narrow();
    const named = /^#hall-(\w+)$/.exec(location.hash)?.[1];
    go(named ? stepOf(named) : at);
    root.focus({ preventScroll: true });
    // Widths were measured in whatever type was there; our own arrives a moment later.
    document.fonts.ready.then(measure);
    document.documentElement.dataset.ready = "true";
  }

  function begin(map) {
    const pane = find("map");
    view = { select() {}, resize() {} };
    if (pane) {
      const drawn = map ?? Otakara.makeHallMap(pane);
      const answer = JSON.parse(document.getElementById("map-data").textContent);
      view = Otakara.createHallMap(drawn, answer, data.colors, pressed);
      Otakara.wireStickers?.({ map: drawn, root, area: data.area, postUrl: data.postUrl });
    }
    choose(data.start);
    listen();
  }

  function leave() {
    if (!beside) {
      location.assign(data.leave);
      return;
    }
    document.documentElement.classList.remove("hall-open");
    root.hidden = true;
    remember("");
    opener?.focus();
  }

  // Steps

  function choose(order) {
    const here = steps[at]?.card;
    steps = Otakara.hallSteps(data.tours[order], stage.has("rest"));
    at = Math.max(0, steps.findIndex((step) => step.card === here));
    for (const choice of root.querySelectorAll("[data-hall-order]")) {
      if (choice.dataset.hallOrder === order) choice.setAttribute("aria-current", "true");
      else choice.removeAttribute("aria-current");
    }
  }

  // Beside an ordinary page that was narrowed, the hall visits what is left of it.
  function narrow() {
    const left = beside && Otakara.narrowedTo;
    const line = find("asked");
    if (left) {
      const every = data.tours.number.flatMap((part) => part.numbers);
      data.tours.narrowed = [{ heading: null, isName: false, numbers: every.filter((number) => left.numbers.has(number)) }];
      choose("narrowed");
      line.textContent = left.said;
      line.hidden = false;
    } else if (data.tours.narrowed) {
      delete data.tours.narrowed;
      choose(data.start);
      line.hidden = true;
    }
  }

  function stepOf(name) {
    return Math.max(0, steps.findIndex((step) => step.card === name));
  }

  function go(step, last = false) {
    at = Math.min(Math.max(step, 0), steps.length - 1);
    aside = null;
    present(last);
  }

  function turn(way) {
    if (aside !== null) return way > 0 ? go(at + 1) : go(at);
    if (screen + way >= 0 && screen + way < screens) {
      screen += way;
      stage.turn(screen);
      return settle();
    }
    if (at + way >= 0 && at + way < steps.length) go(at + way, way < 0);
  }

  // A flag leads to its treasure; pressed again, to the next one of the same place.
  function pressed(numbers) {
    const now = aside ?? steps[at].number;
    const number = numbers[(numbers.indexOf(now) + 1) % numbers.length];
    const step = steps.findIndex((one) => one.number === number);
    if (step >= 0) return go(step);
    aside = number;
    present();
  }

  function present(last = false) {
    const step = steps[at];
    screens = stage.show(aside === null ? step.card : String(aside));
    screen = last ? screens - 1 : 0;
    if (screen) stage.turn(screen);
    if (menu) menu.open = false;
    view.select(aside ?? step.number);
    settle();
    remember(at || aside !== null ? `#hall-${aside ?? step.card}` : "#hall");
  }

  // What stands around the card: where we are, and what the buttons would do.
  function settle() {
    const step = steps[at];
    const ends = { opening: Otakara.say("はじめ"), rest: Otakara.say("おわり") };
    const count = aside === null ? step.count || ends[step.card] : "";
    find("count").textContent = count;
    const part = find("part");
    part.hidden = aside !== null || !step.part;
    if (!part.hidden) sayPart(part, step.part);
    const more = aside === null && screen < screens - 1;
    forth.textContent = more ? Otakara.say("つづき") : Otakara.say("次へ");
    back.setAttribute("aria-disabled", String(aside === null && at === 0 && screen === 0));
    forth.setAttribute("aria-disabled", String(!more && at === steps.length - 1));
    const card = stage.element();
    const title = [...card.querySelectorAll("h1, h2, h3")].map((one) => one.textContent.trim()).join(" ");
    find("said").textContent = [count, title, screen ? Otakara.say("つづき") : ""].filter(Boolean).join(" ");
    if (!root.contains(document.activeElement) || !document.activeElement.getClientRects().length) {
      root.focus({ preventScroll: true });
    }
  }

  function sayPart(part, { heading, isName, count }) {
    const name = document.createElement("span");
    name.textContent = heading;
    if (isName) name.lang = "ja";
    part.replaceChildren(name, ` ${count}`);
  }

  function measure() {
    if (!document.documentElement.classList.contains("hall-open")) return;
    screens = stage.screens();
    screen = Math.min(screen, screens - 1);
    stage.turn(screen);
    settle();
  }

  // The address names the step, so that a reload comes back to it.
  function remember(hash) {
    try {
      history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
    } catch {
      // A file opened from a USB stick may not be allowed to change its address.
    }
  }

  // Keys, buttons, menu

  function listen() {
    // In the capture phase: the flags have arrows of their own on the ordinary page.
    document.addEventListener("keydown", pressKey, true);
    for (const button of [back, forth]) {
      button.addEventListener("click", (event) => {
        turn(Number(button.dataset.hallTurn));
        // After the mouse the keys belong to the wall again.
        if (event.detail > 0) root.focus({ preventScroll: true });
      });
    }
    for (const choice of root.querySelectorAll("[data-hall-order]")) {
      choice.addEventListener("click", (event) => pickOrder(event, choice.dataset.hallOrder));
    }
    if (beside) find("marks")?.addEventListener("submit", pickMarks);
    find("leave").addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    const full = find("full");
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.ownerDocument.documentElement.requestFullscreen()));
    new ResizeObserver(() => {
      if (!root.getClientRects().length) return;
      view.resize();
      view.select(aside ?? steps[at].number);
      measure();
    }).observe(root);
  }

  // An order this page does not hold is a page of its own.
  function pickOrder(event, order) {
    if (!data.tours[order]) return;
    event.preventDefault();
    choose(order);
    const query = new URLSearchParams(location.search);
    if (!beside) {
      query.set("order", order);
      try {
        history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
      } catch {
        // As above.
      }
    }
    go(0);
  }

  // A file has no server that could read a list of marks. Nothing of it is here: it stays as it was.
  function pickMarks(event) {
    event.preventDefault();
    const { numbers, missing } = Otakara.chosenNumbers(event.target.elements.marks.value, data.marks);
    const placed = numbers.filter((number) => stage.has(String(number)));
    find("missing").textContent = missing ? Otakara.sayCount("えらんだ番号のうち %(count)s件は、この画面には見つかりませんでした。", missing) : "";
    if (!placed.length) return;
    data.tours.chosen = [{ heading: null, isName: false, numbers: placed }];
    choose("chosen");
    go(missing ? 0 : 1);
    if (missing) menu.open = true;
    else root.focus({ preventScroll: true });
  }

  function pressKey(event) {
    if (!document.documentElement.classList.contains("hall-open") || event.defaultPrevented || event.isComposing) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    if (event.key === " " && event.target.closest?.("button, a, summary")) return;
    const take = keys(event.key);
    if (!take) return;
    event.preventDefault();
    event.stopPropagation();
    take();
  }

  function keys(key) {
    if (FORWARD.includes(key)) return () => turn(1);
    if (BACK.includes(key)) return () => turn(-1);
    if (key === "Home") return () => go(0);
    if (key === "End") return () => go(steps.length - 1);
    if (key !== "Escape") return null;
    return menu?.open ? () => (menu.open = false) : leave;
  }
})();
