"use strict";
// A telephone number in an opened record becomes a link where a finger can call it. The browser's
// own guessing is off (format-detection): it takes dates and numbers of facilities for telephones.
// Here only what cannot be anything else: a leading 0, three groups parted by dashes or brackets,
// ten digits (eleven for 050, 070, 080, 090), and not a fax.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const D = "[0-9０-９]";
  const ZERO = "[0０]";
  const DASH = "[-‐‑–−－ー]";
  const NUMBER = new RegExp(
    `(?<![0-9０-９]|${DASH})(?:` +
      `${ZERO}${D}{1,4}${DASH}${D}{1,4}${DASH}${D}{3,4}|` +
      `${ZERO}${D}{1,4}[(（]${D}{1,4}[)）]${D}{3,4}|` +
      `[(（]${ZERO}${D}{1,4}[)）]${D}{1,4}${DASH}${D}{3,4}` +
      `)(?![0-9０-９]|${DASH})`,
    "gu",
  );
  const FAX = /(?:fax|ファックス|ファクス|ファクシミリ)[^0-9０-９]{0,6}$/iu;
  const LONG = /^0[5789]0/; // mobile and internet telephones

  // [{text, href}]: the same text in pieces, href only for telephones.
  Otakara.telephonesIn = (text) => {
    const pieces = [];
    let done = 0;
    for (const found of text.matchAll(NUMBER)) {
      const digits = found[0].normalize("NFKC").replace(/\D/g, "");
      const length = LONG.test(digits) ? 11 : 10;
      if (digits.length !== length || FAX.test(text.slice(0, found.index))) continue;
      pieces.push({ text: text.slice(done, found.index) }, { text: found[0], href: `tel:${digits}` });
      done = found.index + found[0].length;
    }
    pieces.push({ text: text.slice(done) });
    return pieces.filter((piece) => piece.text);
  };

  Otakara.linkTelephones = (elements) => {
    if (!matchMedia("(pointer: coarse)").matches) return;
    for (const element of elements) {
      if (element.children.length) continue; // done before, or not plain text
      const pieces = Otakara.telephonesIn(element.textContent);
      if (!pieces.some((piece) => piece.href)) continue;
      element.replaceChildren(...pieces.map(nodeOf));
    }
  };

  function nodeOf({ text, href }) {
    if (!href) return document.createTextNode(text);
    const link = document.createElement("a");
    link.className = "telephone";
    link.href = href;
    link.textContent = text;
    return link;
  }
})();
