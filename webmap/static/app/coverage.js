"use strict";
// The page of coverage: one chosen day for the sentence, the bar, the map and the address. Every day's
// sentence stands in the page and every day's shades in the map's data: nothing is asked again.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const ANY = "any";
  document.documentElement.classList.replace("no-script", "with-script");

  const grow = () => Math.min(1.5, Math.max(0.9, innerHeight / 720));
  // Grey paper: the only colour is that of the streets in reach, and of the flags.
  const LOOK = {
    sheet: "#f7f8f9",
    around: "#e9ecef",
    aroundLine: "#b9c0c7",
    partLine: { color: "#8d96a0", weight: 2, dashArray: "7 6" },
    border: { color: "#14212e", weight: 3 },
    backdrop: () => "#d3d8dd",
    spot: "#7d868f",
    grow: () => 1,
    flags: {},
    ground: { style: "grey", scale: () => 1, textSize: () => null },
    buttons: true,
    across: false,
  };

  Otakara.start = async (map) => {
    Otakara.watchTables();
    const pane = document.querySelector("[data-map]");
    const wait = document.querySelector("[data-map-wait]");
    const days = wireDays();
    let data;
    try {
      data = await Otakara.readMapData(pane);
    } catch {
      // Sentences, numbers and tables go on working.
      wait?.classList.add("map-failed");
      if (wait) wait.textContent = Otakara.say("地図を読み込めませんでした。数と表は、そのままお使いになれます。");
      return;
    }
    wait?.remove();
    Otakara.FlagLayer = Otakara.defineFlagLayer();
    Otakara.NameLayer = Otakara.defineNameLayer();
    const flags = Otakara.createMapView(map, data, LOOK);
    Otakara.keepMapSize(map, data, LOOK);
    // On some days there is only what is held in some weeks: their streets are other lines.
    const drawn = [data.reach, data.reach_some].filter(Boolean);
    const reaches = drawn.map((reach) => ({ days: reach.shades, layer: Otakara.drawReach(map, reach, grow) }));
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", Otakara.say("地図。矢印キーで動かせます"));
    flags.onChoose = (numbers) => flags.select(numbers[0]);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") flags.select(null);
    });
    days.onChoose = (day) => {
      for (const { days: known, layer } of reaches) layer.show(day in known ? day : null);
      flags.select(null);
      flags.show(new Set(data.held[day]));
    };
    days.onChoose(days.chosen());
    wireGaps(map);
    wirePaper(map, data);
    document.documentElement.dataset.ready = "true";
  };

  // Returns {chosen(), onChoose(day)}.
  function wireDays() {
    const lines = [...document.querySelectorAll("[data-cov-day]")];
    const days = { onChoose: () => {}, chosen: () => dayOf(lines.find((line) => line.hasAttribute("aria-current"))) };
    const choose = (line) => {
      for (const one of lines) one.toggleAttribute("aria-current", false);
      line.setAttribute("aria-current", "true");
      const day = dayOf(line);
      for (const said of document.querySelectorAll("[data-cov-say]")) said.hidden = said.dataset.covSay !== day;
      const legend = document.querySelector("[data-cov-legend-day]");
      if (legend) legend.textContent = line.dataset.covShaded;
      remember(new URL(line.href).searchParams.get("weekday") ?? "");
      days.onChoose(day);
    };
    for (const line of lines) {
      line.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own
        event.preventDefault();
        choose(line);
      });
    }
    return days;
  }

  function dayOf(line) {
    return line?.dataset.covDay ?? ANY;
  }

  // The address names the day, and the files are of it.
  function remember(word) {
    const said = (search) => {
      const query = new URLSearchParams(search);
      query.delete("weekday");
      const rest = query.toString();
      const asked = word ? `weekday=${encodeURIComponent(word)}` : "";
      return [asked, rest].filter(Boolean).join("&");
    };
    history.replaceState(history.state, "", `${location.pathname}${mark(said(location.search))}${location.hash}`);
    for (const file of document.querySelectorAll("[data-cov-file]")) {
      file.setAttribute("href", `${file.pathname}${mark(said(file.search))}`);
    }
  }

  function mark(query) {
    return query ? `?${query}` : "";
  }

  // The sheet is narrower than the screen: the whole area stands on it, and is back afterwards.
  function wirePaper(map, data) {
    const fit = (paper) => {
      document.documentElement.classList.toggle("for-paper", paper);
      map.invalidateSize({ animate: false, pan: false });
      Otakara.fitMap(map, data, LOOK);
    };
    addEventListener("beforeprint", () => fit(true));
    addEventListener("afterprint", () => fit(false));
  }

  // A gap of the list, on the map: the map goes there and a ring stands around it.
  function wireGaps(map) {
    let ring = null;
    for (const button of document.querySelectorAll("[data-cov-gap]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const [west, south, east, north] = button.dataset.covGap.split(",").map(Number);
        const bounds = L.latLngBounds([south, west], [north, east]);
        ring?.remove();
        ring = L.rectangle(bounds.pad(0.08), { className: "cov-ring", interactive: false, fill: false }).addTo(map);
        map.fitBounds(bounds.pad(0.3), { animate: false, maxZoom: 16 });
        const pane = document.querySelector(".cov-map");
        const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
        pane.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
        map.getContainer().focus({ preventScroll: true });
      });
    }
  }
})();
