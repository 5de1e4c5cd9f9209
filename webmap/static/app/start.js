"use strict";
// Called by the folium shell with the empty map: read the answer, then join map, list and filters.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  document.documentElement.classList.replace("no-script", "with-script");

  // A table wider than its box says so.
  const watchWidth = new ResizeObserver((boxes) => {
    for (const { target } of boxes) target.classList.toggle("table-scrolls", target.scrollWidth > target.clientWidth + 1);
  });
  for (const box of document.querySelectorAll("[data-table]")) watchWidth.observe(box);

  Otakara.start = async (map, options) => {
    const pane = document.querySelector("[data-map]");
    const wait = document.querySelector("[data-map-wait]");
    let data;
    try {
      data = await readData(pane);
    } catch {
      // The list and the filters of the server go on working.
      if (wait) wait.textContent = "地図を読み込めませんでした。一覧は、そのままお使いになれます。";
      return;
    }
    wait?.remove();
    Otakara.FlagLayer = Otakara.defineFlagLayer();
    Otakara.NameLayer = Otakara.defineNameLayer();
    const flags = data.bounds ? Otakara.createMapView(map, data) : null;
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", "地図。矢印キーで動かせます");
    if (data.kind === "area") join(data, flags, Otakara.makeFold(options.fold));
    document.documentElement.dataset.ready = "true";
  };

  async function readData(pane) {
    const inside = document.getElementById("map-data");
    if (inside) return JSON.parse(inside.textContent);
    const answer = await fetch(pane.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`map data: ${answer.status}`);
    return answer.json();
  }

  function join(data, flags, fold) {
    const list = Otakara.createListView(document.getElementById("list"), data);
    const byNumber = new Map(data.entries.map((entry) => [entry.number, entry]));

    const choose = (number, fromMap = false, keyboard = false) => {
      list.choose(number, { fromMap, keyboard });
      flags?.select(number !== null && byNumber.get(number).flag !== null ? number : null);
      remember(number);
    };
    list.onChoose = choose;
    if (flags) {
      flags.onChoose = (numbers, keyboard) => {
        if (numbers.length === 1) return choose(numbers[0], true, keyboard);
        list.chooseAny(numbers, { keyboard });
        return flags.select(numbers[0]);
      };
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") choose(null);
    });

    const form = document.querySelector("[data-filters]");
    if (form) {
      const narrow = matchMedia("(max-width: 899px)");
      const foldKinds = () => (form.querySelector("[data-kinds]").open = !narrow.matches);
      if (!location.search) foldKinds();
      narrow.addEventListener("change", foldKinds);
      Otakara.wireFilters(form, list.clearButton, data, (state) => {
        const active = Otakara.isActive(state);
        const kept = active ? new Set(Otakara.matching(data.entries, state, fold)) : null;
        list.show(kept, active);
        flags?.show(kept);
      });
    }
    const linked = /^#t(\d+)$/.exec(location.hash);
    if (linked && byNumber.has(Number(linked[1]))) {
      const number = Number(linked[1]);
      list.choose(number, { linked: true });
      flags?.select(byNumber.get(number).flag === null ? null : number);
    }
  }

  // The address names the chosen treasure, so that it can be passed on.
  function remember(number) {
    const hash = number === null ? "" : `#t${number}`;
    if (hash === location.hash) return;
    try {
      history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
    } catch {
      // As in the filters: a file may not be allowed to change its address.
    }
  }
})();
