"use strict";
// What the scripts say, in the page's language. As in webmap/words: the Japanese text is its own
// key, %(name)s is filled in, and what no catalogue knows is said as it is written.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const VIEWS = ["mode", "lang", "large", "map"]; // how a page is shown, in the order of its address

  const inside = document.getElementById("words");
  const known = inside ? JSON.parse(inside.textContent) : {};

  Otakara.say = (text, values = {}) => fill([known[text] ?? text].flat().at(-1), values);

  Otakara.sayCount = (text, count, values = {}) => {
    const [one, many = one] = [known[text] ?? text].flat();
    return fill(count === 1 ? one : many, { count, ...values });
  };

  function fill(text, values) {
    return text.replace(/%\((\w+)\)s/g, (asked, name) => values[name] ?? asked);
  }

  // The address of another page, in the same language and size.
  Otakara.kept = (href) => `${href}${document.documentElement.dataset.kept ?? ""}`;

  // What a query says of language and size, for an address written by the filters.
  Otakara.keptQuery = () => (document.documentElement.dataset.kept ?? "").slice(1);

  // What the page itself changed of how it is shown: said in its address, and taken along by its links.
  Otakara.keepView = (name, value) => {
    const changed = (search) => {
      const query = new URLSearchParams(search);
      query.delete(name);
      if (value) query.append(name, value);
      const said = query.toString();
      return said ? `?${said}` : "";
    };
    const root = document.documentElement;
    root.dataset.kept = changed(root.dataset.kept ?? "");
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      link.setAttribute("href", `${link.pathname}${changed(link.search)}${link.hash}`);
    }
    try {
      history.replaceState(history.state, "", `${location.pathname}${changed(location.search)}${location.hash}`);
    } catch {
      // A file opened from a USB stick may not be allowed to change its address.
    }
  };

  // The links to the other language and size lead to what is shown now: its filters, its treasure.
  for (const link of document.querySelectorAll("[data-view]")) {
    for (const press of ["click", "auxclick", "contextmenu"]) link.addEventListener(press, () => follow(link));
  }

  function follow(link) {
    const query = new URLSearchParams(location.search);
    const [name, value] = link.dataset.view.split("=");
    const kept = VIEWS.map((view) => [view, view === name ? value : query.get(view)]);
    for (const view of VIEWS) query.delete(view);
    for (const [view, chosen] of kept) if (chosen) query.append(view, chosen);
    const said = query.toString();
    link.setAttribute("href", `${location.pathname}${said ? `?${said}` : ""}${location.hash}`);
  }
})();
