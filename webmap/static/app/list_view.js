"use strict";
// The list: which entries are shown, which one is chosen, and the card over the map.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  // screens: which part of the page is in front (screens.js).
  Otakara.createListView = (root, data, screens) => {
    const items = new Map();
    for (const item of root.querySelectorAll(".entry")) items.set(Number(item.dataset.number), item);
    const card = document.querySelector("[data-card]");
    const result = root.querySelector("[data-result]");
    const clear = root.querySelector("[data-clear]");
    const asked = root.querySelector("[data-asked]");
    const empty = root.querySelector("[data-empty]");
    const entries = new Map(data.entries.map((entry) => [entry.number, entry]));
    let chosen = null;
    let opened = null; // by choosing on the map, so that the next choice may close it again
    let quiet = false;
    const view = { onChoose: () => {}, onShowOnMap: () => {}, show, choose, chooseAny, covered, clearButton: clear };

    for (const [number, item] of items) {
      const details = item.querySelector("details");
      details.addEventListener("toggle", () => {
        if (details.open) {
          Otakara.linkTelephones(item.querySelectorAll(".entry-more dd"));
          if (entries.get(number)?.flag !== null) addShowOnMap(item, number);
        }
        if (quiet) return;
        if (details.open && chosen !== number) view.onChoose(number);
        else if (!details.open && chosen === number) view.onChoose(null);
      });
    }

    function show(numbers, active, said) {
      let count = 0;
      for (const [number, item] of items) {
        item.hidden = numbers !== null && !numbers.has(number);
        if (!item.hidden) count++;
      }
      for (const group of root.querySelectorAll("[data-group]")) {
        const shown = group.querySelectorAll(".entry:not([hidden])").length;
        group.hidden = shown === 0;
        group.querySelector("[data-group-count]").textContent = Otakara.sayCount("%(count)s件", shown);
      }
      if (result) sayCount(count, active);
      if (asked) asked.textContent = said;
      if (clear) clear.hidden = !active;
      if (empty) empty.hidden = count > 0;
    }

    function sayCount(count, active) {
      const { word, total } = result.dataset;
      const strong = document.createElement("strong");
      strong.textContent = Otakara.sayCount("%(count)s件", active ? count : Number(total));
      const before = active
        ? Otakara.sayCount("%(word)s %(count)s件のうち", Number(total), { word })
        : Otakara.say("%(word)s", { word });
      result.replaceChildren(`${before} `, strong);
    }

    // Mark one entry as chosen (or none). From the map, the list opens it and scrolls to it; on a
    // phone the card over the map says it. Who came from the list has just read all of it: brief.
    function choose(number, { fromMap = false, keyboard = false, linked = false, brief = false } = {}) {
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
      open(item);
      if (screens.phone.matches) {
        showCard([number], brief);
        if (keyboard || brief) card.querySelector("[data-back]").focus({ preventScroll: true });
        return;
      }
      hideCard();
      reveal(item);
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
      button.textContent = Otakara.say("地図で見る");
      button.addEventListener("click", () => view.onShowOnMap(number));
      item.querySelector(".entry-more").append(button);
    }

    // Pixels that the card takes: from the left when it stands beside the map, else from below.
    function covered() {
      if (card.hidden) return [0, 0];
      const { offsetWidth: width, offsetHeight: height } = card;
      return width < card.parentElement.offsetWidth ? [width, 0] : [0, height];
    }

    function hideCard() {
      if (!card) return;
      card.hidden = true;
      card.replaceChildren();
    }

    function showCard(numbers, brief = false) {
      const close = element("button", "card-close", Otakara.say("閉じる"));
      close.type = "button";
      close.addEventListener("click", () => view.onChoose(null));
      const body = element("div", "card-body");
      if (numbers.length === 1) fillCard(body, items.get(numbers[0]), brief);
      else {
        body.append(element("p", "card-title", Otakara.sayCount("同じ場所に %(count)s件 あります", numbers.length)));
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
      const name = element("span", "card-name");
      name.append(...items.get(number).querySelector(".entry-name").cloneNode(true).childNodes);
      button.append(name);
      button.addEventListener("click", (event) => view.onChoose(number, true, event.detail === 0));
      line.append(button);
      return line;
    }

    // Who came from the list finds it as it was left.
    function backTo(item, left) {
      if (!left) item.scrollIntoView({ block: "nearest" });
      item.querySelector("summary").focus({ preventScroll: true });
    }

    // The card repeats what the list says: copies of its own nodes, which the server escaped.
    function fillCard(body, item, brief) {
      const head = element("div", "card-head");
      for (const part of [".entry-mark", ".entry-head"]) head.append(item.querySelector(part).cloneNode(true));
      const down = element("button", "button quiet", brief ? Otakara.say("一覧にもどる") : Otakara.say("一覧で見る"));
      down.type = "button";
      down.dataset.back = "";
      down.addEventListener("click", () => screens.go("list", () => backTo(item, brief)));
      head.classList.toggle("card-brief", brief);
      body.append(head);
      if (!brief) {
        const more = item.querySelector(".entry-more").cloneNode(true);
        more.querySelector(".show-on-map")?.remove();
        Otakara.linkTelephones(more.querySelectorAll("dd"));
        body.append(more);
      }
      body.append(down);
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
