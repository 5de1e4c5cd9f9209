"use strict";
// Fold Japanese text exactly as geo/folding.py does; Python hands over the tables.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const HIRAGANA_FIRST = 0x3041;
  const HIRAGANA_END = 0x3097;
  const TO_KATAKANA = 0x60;

  Otakara.makeFold = (table) => {
    const lower = new Map(zip([...table.case[0]], table.case[1].split("\n")));
    const plain = new Map(zip([...table.kanji[0]], [...table.kanji[1]]));
    plain.set("ヶ", "ケ").set("ヵ", "カ");
    for (const dash of table.dashes) plain.set(dash, "-");
    for (const blank of table.blanks) plain.set(blank, "");

    function foldOne(char) {
      const code = char.codePointAt(0);
      const kana =
        code >= HIRAGANA_FIRST && code < HIRAGANA_END
          ? String.fromCodePoint(code + TO_KATAKANA)
          : char;
      return plain.get(kana) ?? kana;
    }

    return (text) => {
      let folded = "";
      for (const char of text.normalize("NFKC")) {
        // Character by character: a whole word would get the final form of the Greek sigma.
        for (const part of lower.get(char) ?? char.toLowerCase()) folded += foldOne(part);
      }
      return folded;
    };
  };

  function zip(keys, values) {
    return keys.map((key, i) => [key, values[i]]);
  }
})();
