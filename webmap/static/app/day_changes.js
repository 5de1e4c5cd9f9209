"use strict";
// The days that are off, moved or added, in the sentences of webmap/change_words.py.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // Every change of a facet that is not over yet; days: from Otakara.openDays.
  Otakara.newsLines = (days, index) =>
    (days.told.facets[index].changes ?? [])
      .filter(([, day, to]) => Math.max(day, to ?? day) >= days.today)
      .map((change) => line(days, change));

  function line(days, [kind, day, to, start, end, reason]) {
    const when = days.dayOfWeek(day);
    const hours = hoursOf(days, start, end);
    const on = (date) => (hours ? `${date} ${hours}` : date);
    let said;
    if (kind === "off") said = Otakara.say("%(day)sは休みます", { day: when });
    else if (kind === "added") said = Otakara.say("%(day)sにも開きます", { day: on(when) });
    else if (to === null || to === day) said = Otakara.say("%(day)sは%(hours)sに変わります", { day: when, hours });
    else said = Otakara.say("%(day)sの分は%(to)sに移ります", { day: when, to: on(days.sameMonth(day, to) ? days.dayInMonth(to) : days.dayOfWeek(to)) });
    return reason ? Otakara.say("%(line)s（%(reason)s）", { line: said, reason }) : said;
  }

  function hoursOf(days, start, end) {
    if (start === null || end === null) return days.timeOf(start, "");
    return Otakara.say("%(start)s〜%(end)s", { start: clock(start), end: clock(end) });
  }

  const clock = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
})();
