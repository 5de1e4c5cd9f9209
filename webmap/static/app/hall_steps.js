"use strict";
// The steps of the hall: an opening, the treasures of a tour, a last list. A step whose card holds
// more than the wall takes is several screens.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const ROUNDING = 0.1; // of a screen: widths come in whole pixels

  // tour: [{heading, isName, numbers}]; returns the steps with what the small line says of each.
  Otakara.hallSteps = (tour, hasRest) => {
    const total = tour.reduce((sum, part) => sum + part.numbers.length, 0);
    let at = 0;
    const treasures = tour.flatMap(({ heading, isName, numbers }) =>
      numbers.map((number, i) => ({
        card: String(number),
        number,
        count: `${(at += 1)} / ${total}`,
        part: heading === null ? null : { heading, isName, count: `${i + 1} / ${numbers.length}` },
      })),
    );
    const opening = { card: "opening", number: null, count: "", part: null };
    const rest = { card: "rest", number: null, count: "", part: null };
    return [opening, ...treasures, ...(hasRest ? [rest] : [])];
  };

  // Shows one card of the hall, and of it one screen; show() returns how many screens it has.
  Otakara.createHallStage = (root) => {
    const cards = new Map();
    for (const card of root.querySelectorAll("[data-hall-card]")) cards.set(card.dataset.hallCard, card);
    let shown = null;

    const columns = () => shown.querySelector(".hall-columns");

    const screens = () => {
      const { clientWidth, scrollWidth } = columns();
      const gap = parseFloat(getComputedStyle(columns()).columnGap) || 0;
      return Math.max(1, Math.ceil((scrollWidth + gap) / (clientWidth + gap) - ROUNDING));
    };

    const turn = (screen) => {
      columns().style.transform = screen ? `translateX(calc(${-screen} * (100% + var(--gap))))` : "";
      shown.classList.toggle("hall-continued", screen > 0);
    };

    const show = (name) => {
      for (const [key, card] of cards) card.hidden = key !== name;
      shown = cards.get(name);
      turn(0);
      return screens();
    };

    return { has: (name) => cards.has(name), show, turn, screens, element: () => shown };
  };
})();
