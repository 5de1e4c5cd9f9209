"use strict";
// On a phone one thing at a time: the list, the map, or the search; three buttons for the thumb.
// The list stays where it was underneath, and the browser's own back leads out of map and search.
// On wider screens everything is visible at once and nothing here is seen.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const LIST = "list";

  // The same words stand in screens.css. In em: who reads in larger letters gets the phone's screen sooner.
  Otakara.PHONE = "(width < 43.75em), (height < 27.5em), (width < 56.25em) and (height < 35em)";

  Otakara.createScreens = () => {
    const root = document.documentElement;
    const phone = matchMedia(Otakara.PHONE);
    const buttons = [...document.querySelectorAll("[data-to-view]")];
    const sheet = document.querySelector("[data-filters]");
    const screens = { phone, go };
    let then = null; // what to do once the list is back
    let place = null; // where the list stood

    function show(view) {
      root.dataset.view = view;
      for (const button of buttons) {
        if (button.dataset.toView === view) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      }
      const next = then;
      then = null;
      if (next) requestAnimationFrame(next);
    }

    // One step of history leads from the list to map or search; between the two there is none.
    // A search that changed something leaves its step behind, so that back undoes it.
    function go(view, after = null) {
      const now = root.dataset.view;
      const entered = history.state?.entered;
      then = after;
      if (view === now) return show(view);
      if (now === LIST) place = scrollY;
      if (view !== LIST && now === LIST) return write("pushState", { view, entered: location.search }, view);
      if (view === LIST && entered === location.search) return history.back();
      return write("replaceState", view === LIST ? null : { view, entered }, view);
    }

    function write(method, state, view) {
      try {
        history[method](state, "", location.href);
      } catch {
        // A file opened from a USB stick may not be allowed to touch its history.
      }
      show(view);
    }

    for (const button of buttons) button.addEventListener("click", () => go(button.dataset.toView, placed(button)));
    // Into the search: whoever uses keys or listens is taken there; no keyboard jumps up.
    function placed(button) {
      return button.dataset.toView === "find" ? () => sheet.focus({ preventScroll: true }) : null;
    }
    sheet?.addEventListener("submit", () => {
      if (!phone.matches || root.dataset.view === LIST) return;
      const changed = history.state?.entered !== location.search;
      sheet.elements.q.blur();
      go(LIST, changed ? toFirst : null);
    });
    document.querySelector("[data-see]")?.addEventListener("click", () => sheet.requestSubmit());
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && phone.matches && root.dataset.view === "find") go(LIST);
    });
    addEventListener("popstate", (event) => {
      const left = root.dataset.view !== LIST;
      const next = then;
      // The address names the chosen treasure, and going back there the browser would jump to it.
      if (left && place !== null) then = () => (scrollTo(0, place), next?.());
      show(event.state?.view ?? LIST);
    });
    measure(root);
    show(history.state?.view ?? LIST);
    return screens;
  };

  function toFirst() {
    const group = document.querySelector("[data-group]:not([hidden]), [data-empty]:not([hidden])");
    group?.scrollIntoView({ block: "start" });
  }

  // How high the lines are that stay at the top, whatever they say and however large.
  function measure(root) {
    const watch = new ResizeObserver(() => {
      for (const [name, selector] of [["--inner", ".internal"], ["--strip", ".result"]]) {
        root.style.setProperty(name, `${document.querySelector(selector)?.offsetHeight ?? 0}px`);
      }
    });
    for (const part of document.querySelectorAll(".internal, .result")) watch.observe(part);
  }
})();
