"use strict";
// The list: which entries are shown, which one is chosen, and the card over the map.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const NARROW = "(max-width: 899px)";

  Otakara.createListView = (root, data) => {
    const items = new Map();
    for (const item of root.querySelectorAll(".entry")) items.set(Number(item.dataset.number), item);
    const card = document.querySelector("[data-card]");
    const result = root.querySelector("[data-result]");
    const clear = root.querySelector("[data-clear]");
    const empty = root.querySelector("[data-empty]");
    const entries = new Map(data.entries.map((entry) => [entry.number, entry]));
    let chosen = null;
    let opened = null; // by choosing on the map, so that the next choice may close it again
    let quiet = false;
    const view = { onChoose: () => {}, show, choose, chooseAny, clearButton: clear };

    for (const [number, item] of items) {
      const details = item.querySelector("details");
      details.addEventListener("toggle", () => {
        if (details.open && entries.get(number)?.flag !== null) addShowOnMap(item, number);
        if (quiet) return;
        if (details.open && chosen !== number) view.onChoose(number);
        else if (!details.open && chosen === number) view.onChoose(null);
      });
    }

    function show(numbers, active) {
      let count = 0;
      for (const [number, item] of items) {
        item.hidden = numbers !== null && !numbers.has(number);
        if (!item.hidden) count++;
      }
      for (const group of root.querySelectorAll("[data-group]")) {
        const shown = group.querySelectorAll(".entry:not([hidden])").length;
        group.hidden = shown === 0;
        group.querySelector("[data-group-count]").textContent = `${shown}件`;
      }
      if (result) sayCount(count, active);
      if (clear) clear.hidden = !active;
      if (empty) empty.hidden = count > 0;
    }

    function sayCount(count, active) {
      const { word, total } = result.dataset;
      const strong = document.createElement("strong");
      strong.textContent = `${active ? count : total}件`;
      result.replaceChildren(active ? `${word} ${total}件のうち ` : `${word} `, strong);
    }

    // Mark one entry as chosen (or none). From the map, the list opens it and scrolls to it.
    function choose(number, { fromMap = false, keyboard = false, linked = false } = {}) {
      if (chosen !== null) items.get(chosen)?.classList.remove("entry-chosen");
      chosen = number;
      if (number === null) {
        hideCard();
        return;
      }
      const item = items.get(number);
      item.classList.add("entry-chosen");
      if (linked) open(item);
      if (!fromMap) {
        hideCard();
        return;
      }
      const narrow = matchMedia(NARROW).matches;
      open(item);
      if (narrow && !keyboard) showCard([number]);
      else {
        hideCard();
        reveal(item);
      }
      if (keyboard) item.querySelector("summary").focus({ preventScroll: true });
    }

    // A flag with several numbers: the card asks which one.
    function chooseAny(numbers, { keyboard = false } = {}) {
      if (chosen !== null) items.get(chosen)?.classList.remove("entry-chosen");
      chosen = null;
      showCard(numbers);
      if (keyboard) card.querySelector("button.card-choice")?.focus();
    }

    function open(item) {
      const details = item.querySelector("details");
      quiet = true;
      if (opened && opened !== details) opened.open = false;
      if (!details.open) {
        details.open = true;
        opened = details;
      }
      setTimeout(() => (quiet = false), 60);
    }

    function reveal(item) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      requestAnimationFrame(() => item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" }));
    }

    function addShowOnMap(item, number) {
      if (item.querySelector(".show-on-map")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet show-on-map";
      button.textContent = "地図で見る";
      button.addEventListener("click", () => {
        view.onChoose(number);
        document.querySelector("[data-map]").scrollIntoView({ block: "start" });
      });
      item.querySelector(".entry-more").append(button);
    }

    function hideCard() {
      if (!card) return;
      card.hidden = true;
      card.replaceChildren();
    }

    function showCard(numbers) {
      const close = element("button", "card-close", "閉じる");
      close.type = "button";
      close.addEventListener("click", () => view.onChoose(null));
      const body = element("div", "card-body");
      if (numbers.length === 1) fillCard(body, items.get(numbers[0]));
      else {
        body.append(element("p", "card-title", `同じ場所に ${numbers.length}件 あります`));
        const list = element("ul", "card-choices");
        for (const number of numbers) list.append(choiceOf(number));
        body.append(list);
      }
      card.replaceChildren(close, body);
      card.hidden = false;
      card.scrollTop = 0;
    }

    function choiceOf(number) {
      const line = element("li", "");
      const button = element("button", "card-choice");
      button.type = "button";
      button.append(items.get(number).querySelector(".entry-mark").cloneNode(true));
      button.append(element("span", "card-name", entries.get(number).name));
      button.addEventListener("click", (event) => view.onChoose(number, true, event.detail === 0));
      line.append(button);
      return line;
    }

    // The card repeats what the list says: copies of its own nodes, which the server escaped.
    function fillCard(body, item) {
      const head = element("div", "card-head");
      for (const part of [".entry-mark", ".entry-head"]) head.append(item.querySelector(part).cloneNode(true));
      const more = item.querySelector(".entry-more").cloneNode(true);
      more.querySelector(".show-on-map")?.remove();
      const down = element("button", "button quiet", "一覧で見る");
      down.type = "button";
      down.addEventListener("click", () => item.scrollIntoView({ block: "center" }));
      body.append(head, more, down);
    }

    return view;
  };

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
})();
