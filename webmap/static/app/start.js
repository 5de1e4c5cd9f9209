"use strict";
// Called by the folium shell with the empty map: read the answer, then join map, list and filters.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const FEW_KINDS = 6;
  document.documentElement.classList.replace("no-script", "with-script");

  Otakara.start = async (map, options) => {
    Otakara.watchTables();
    const screens = Otakara.createScreens();
    const pane = document.querySelector("[data-map]");
    const wait = document.querySelector("[data-map-wait]");
    let data;
    try {
      data = await Otakara.readMapData(pane);
    } catch {
      // The list and the filters of the server go on working.
      wait?.classList.add("map-failed");
      if (wait) wait.textContent = Otakara.say("地図を読み込めませんでした。一覧は、そのままお使いになれます。");
      return;
    }
    wait?.remove();
    Otakara.linkTelephones(document.querySelectorAll(".contact p"));
    Otakara.FlagLayer = Otakara.defineFlagLayer();
    Otakara.NameLayer = Otakara.defineNameLayer();
    const flags = data.bounds ? Otakara.createMapView(map, data) : null;
    if (flags) Otakara.keepMapSize(map, data);
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", Otakara.say("地図。矢印キーで動かせます"));
    if (data.kind === "area") join(data, flags, Otakara.makeFold(options.fold), screens);
    document.documentElement.dataset.ready = "true";
  };

  function join(data, flags, fold, screens) {
    const list = Otakara.createListView(document.getElementById("list"), data, screens);
    const byNumber = new Map(data.entries.map((entry) => [entry.number, entry]));

    const choose = (number, fromMap = false, keyboard = false, brief = false) => {
      list.choose(number, { fromMap, keyboard, brief });
      flags?.select(number !== null && byNumber.get(number).flag !== null ? number : null);
      remember(number);
    };
    list.onChoose = choose;
    list.onShowOnMap = (number) => screens.go("map", () => choose(number, true, false, true));
    if (flags) {
      flags.covered = list.covered;
      flags.onChoose = (numbers, keyboard) => {
        if (numbers.length === 1) return choose(numbers[0], true, keyboard);
        list.chooseAny(numbers, { keyboard });
        return flags.select(numbers[0]);
      };
    }
    if (flags?.across) flags.across.onChoose = (number) => screens.go("list", () => Otakara.openAcross(number));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") choose(null);
    });

    const form = document.querySelector("[data-filters]");
    if (form) {
      foldKinds(form, screens);
      const days = Otakara.followDays(data, document.getElementById("map-data") !== null);
      Otakara.wireFilters(form, list.clearButton, data, days, (state, said) => {
        const active = Otakara.isActive(state);
        const kept = active ? new Set(Otakara.matching(data.entries, state, fold, days)) : null;
        Otakara.sayAsked(data, days, state);
        Otakara.narrowedTo = kept && { numbers: kept, said }; // for a hall in the same file
        list.show(kept, active, said);
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

  // The kinds stay unfolded where they leave room for the list, and where a search has the screen.
  function foldKinds(form, { phone }) {
    const kinds = form.querySelector("[data-kinds]");
    const roomy = matchMedia("(width >= 56.25em) and (height >= 40em)");
    const few = kinds.querySelectorAll("input").length <= FEW_KINDS;
    const large = document.documentElement.classList.contains("large");
    const fold = () => {
      const always = phone.matches || (few && roomy.matches && !large);
      kinds.classList.toggle("choose-always", always);
      kinds.open = always || kinds.querySelector(":checked") !== null;
    };
    for (const query of [phone, roomy]) query.addEventListener("change", fold);
    fold();
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
