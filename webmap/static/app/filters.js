"use strict";
// The filters: form <-> state <-> address. The same rules as webmap/filters.py.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const LISTS = ["layer", "function", "status"];
  const DAYS = ["weekday", "when"]; // several weekdays, from Monday on; one word for days around today
  const LONGEST_QUERY = 100;

  Otakara.emptyState = () => ({ layer: [], function: [], status: [], weekday: [], when: "", q: "" });

  Otakara.stateFromQuery = (query, offered) => {
    const read = new URLSearchParams(query);
    const state = Otakara.emptyState();
    for (const key of LISTS) {
      const wanted = new Set(read.getAll(key).map((value) => value.trim()));
      state[key] = [...offered[key]].filter((value) => wanted.has(value)).sort();
    }
    const [weekdays, whens] = DAYS.map((key) => read.getAll(key).map((value) => value.trim()));
    state.weekday = offered.weekday.filter((value) => weekdays.includes(value));
    state.when = whens.find((value) => Otakara.WHENS.includes(value)) ?? "";
    if (!offered.when.includes(state.when)) state.when = "";
    state.q = words(read.get("q") ?? "").join(" ").slice(0, LONGEST_QUERY);
    return state;
  };

  Otakara.queryOf = (state) => {
    const write = new URLSearchParams();
    for (const key of LISTS) for (const value of [...state[key]].sort()) write.append(key, value);
    for (const value of state.weekday) write.append("weekday", value);
    if (state.when) write.append("when", state.when);
    if (state.q) write.append("q", state.q);
    return write.toString();
  };

  const asksDay = (state) => Boolean(state.weekday.length || state.when);

  Otakara.isActive = (state) => Boolean(state.q || asksDay(state) || LISTS.some((key) => state[key].length));

  // Numbers of the entries a state keeps; days: what is known of their days (days.js), or null.
  Otakara.matching = (entries, state, fold, days) => {
    const asked = words(state.q).map(fold);
    const held = asksDay(state) ? days.told.facets.map((_, index) => days.accepts(index, state)) : null;
    return entries
      .filter(
        (entry) =>
          (!state.layer.length || state.layer.includes(entry.layer)) &&
          (!state.function.length || state.function.some((one) => entry.functions.includes(one))) &&
          (!state.status.length || state.status.includes(entry.status)) &&
          (!held || (entry.days !== null && held[entry.days])) &&
          asked.every((word) => entry.search.includes(word)),
      )
      .map((entry) => entry.number);
  };

  function words(text) {
    return text.split(/[\s\u001c-\u001f\u0085]+/u).filter(Boolean);
  }

  Otakara.offeredBy = (data, days) => ({
    layer: new Set(data.entries.map((entry) => entry.layer)),
    function: new Set(data.entries.flatMap((entry) => entry.functions)),
    status: new Set(data.entries.map((entry) => entry.status)),
    weekday: days?.weekdays ?? [],
    when: days?.whens ?? [],
  });

  // Wire the form; apply(state, said) is called with every change.
  Otakara.wireFilters = (form, clear, data, days, apply) => {
    const offered = Otakara.offeredBy(data, days);
    let typing = false;

    const fromForm = () => {
      const read = new FormData(form);
      const state = Otakara.emptyState();
      for (const key of [...LISTS, "weekday"]) state[key] = read.getAll(key);
      state.when = read.get("when") ?? "";
      state.q = words(String(read.get("q") ?? "")).join(" ");
      return state;
    };
    const toForm = (state) => {
      for (const box of form.querySelectorAll("input[type=checkbox]")) {
        box.checked = state[box.name]?.includes(box.value) ?? false;
      }
      for (const box of form.querySelectorAll("input[name=when]")) box.checked = state.when === box.value;
      form.elements.q.value = state.q;
    };
    const remember = (state, replace) => {
      const query = [Otakara.queryOf(state), Otakara.keptQuery()].filter(Boolean).join("&");
      const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
      try {
        // On a phone a search, however long, is one step back (screens.js).
        if (replace || history.state?.view) history.replaceState(history.state, "", address);
        else history.pushState(null, "", address);
      } catch {
        // A file opened from a USB stick may not be allowed to change its address.
      }
    };
    // What is asked for, in the words of the form itself.
    const said = (state) => {
      const boxes = [...form.querySelectorAll("input:checked:not([value=''])")];
      const labels = boxes.map((box) => box.closest("label").querySelector("span").textContent);
      return [...labels, ...(state.q ? [Otakara.say("「%(q)s」", { q: state.q })] : [])].join(" / ");
    };
    const change = (replace) => {
      const state = fromForm();
      remember(state, replace);
      apply(state, said(state));
    };

    form.addEventListener("change", (event) => {
      if (event.target.name !== "q") {
        typing = false;
        change(false);
      }
    });
    form.addEventListener("input", (event) => {
      if (event.target.name !== "q" || event.isComposing) return;
      change(typing);
      typing = true;
    });
    form.addEventListener("compositionend", () => {
      change(typing);
      typing = true;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      typing = false;
      change(true);
    });
    clear.addEventListener("click", (event) => {
      event.preventDefault();
      typing = false;
      toForm(Otakara.emptyState());
      change(false);
      form.elements.q.focus();
    });
    const fromAddress = () => {
      const state = Otakara.stateFromQuery(location.search, offered);
      toForm(state);
      apply(state, said(state));
    };
    addEventListener("popstate", fromAddress);
    fromAddress();
  };
})();
