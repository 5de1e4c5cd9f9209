"use strict";
// A list of marks typed into the menu of the offline file; online the server reads it from the URL
// (webmap/hall/tour.py, `chosen`). The same vectors test both.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // known: {"通23": 23, "23": 23}, folded. Returns the numbers in the order of the list, each once,
  // and how many words of the list are none of them.
  Otakara.chosenNumbers = (text, known) => {
    const words = text.normalize("NFKC").toLowerCase().split(/[\s,、]+/u).filter(Boolean);
    const numbers = [...new Set(words)].map((word) => known[word] ?? known[word.replace(/番$/u, "")]);
    return {
      numbers: [...new Set(numbers.filter((number) => number !== undefined))],
      missing: numbers.filter((number) => number === undefined).length,
    };
  };
})();
