"use strict";
// On which days the treasures are held: the rules of webmap/day_filter.py, the sentences of
// webmap/day_words.py. Days are counted from the Monday their period begins with.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const A_DAY_MS = 86_400_000;
  const WEEKDAYS = [..."月火水木金土日"];
  const WHENS = ["today", "week", "next-week"];
  const NAMES = [
    Otakara.say("月曜"),
    Otakara.say("火曜"),
    Otakara.say("水曜"),
    Otakara.say("木曜"),
    Otakara.say("金曜"),
    Otakara.say("土曜"),
    Otakara.say("日曜"),
  ];
  const LETTERS = [
    Otakara.say("月"),
    Otakara.say("火"),
    Otakara.say("水"),
    Otakara.say("木"),
    Otakara.say("金"),
    Otakara.say("土"),
    Otakara.say("日"),
  ];
  const MONTHS = [
    Otakara.say("1月"),
    Otakara.say("2月"),
    Otakara.say("3月"),
    Otakara.say("4月"),
    Otakara.say("5月"),
    Otakara.say("6月"),
    Otakara.say("7月"),
    Otakara.say("8月"),
    Otakara.say("9月"),
    Otakara.say("10月"),
    Otakara.say("11月"),
    Otakara.say("12月"),
  ];

  Otakara.WEEKDAYS = WEEKDAYS;
  Otakara.WHENS = WHENS;

  // The day on the clock of this machine, counted as the period counts.
  Otakara.clockDay = (told, now = new Date()) =>
    Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(told.first)) / A_DAY_MS);

  // told: what the server said of the days; today: another day than the one it was said for.
  Otakara.openDays = (told, today = told.today) => {
    const monday = today - (today % 7);
    const spans = { today: [today, today], week: [monday, monday + 6], "next-week": [monday + 7, monday + 13] };
    const between = (index, [first, last]) => told.facets[index].days.filter(([day]) => day >= first && day <= last);
    const ahead = [today, told.last];
    const held = (index, state) =>
      between(index, spans[state.when] ?? ahead).filter(([day]) => !state.weekday.length || state.weekday.includes(WEEKDAYS[day % 7]));
    const accepts = (index, state) => held(index, state).length > 0;

    function nextOf(index) {
      const { days, later } = told.facets[index];
      return days.find(([day]) => day >= today) ?? (later && later[0] >= today ? later : null);
    }

    function nextLine(index) {
      const found = nextOf(index);
      if (!found) return Otakara.say("日にちは、お問い合わせください");
      const [day, time] = found;
      const [start, word, certain] = told.times[time];
      const when = [dayOfWeek(day, found === told.facets[index].later), timeOf(start, word)].filter(Boolean).join(" ");
      const line = day === today ? Otakara.say("今日 %(when)s", { when }) : Otakara.say("次は %(when)s", { when });
      return certain ? line : Otakara.say("%(line)s（変わることがあります）", { line });
    }

    // Why a treasure is in a list narrowed to days.
    function askedLine(index, state) {
      return [daysOfWeek(index, state), ...notEveryWeek(index, state.weekday)].filter(Boolean).join(" ");
    }

    function daysOfWeek(index, state) {
      if (!state.when || state.when === "today") return "";
      const all = held(index, state);
      if (!all.length || (all.length === 1 && all[0] === nextOf(index))) return ""; // the line above says it
      const said = all.map(([day]) => dayInMonth(day));
      const days = said.length === LETTERS.length ? Otakara.say("毎日") : said.join(Otakara.say("・"));
      return state.when === "week" ? Otakara.say("今週は %(days)s。", { days }) : Otakara.say("来週は %(days)s。", { days });
    }

    function notEveryWeek(index, weekdays) {
      const days = between(index, ahead).map(([day]) => day % 7);
      const last = dateOf(told.last);
      return WEEKDAYS.map((word, weekday) => {
        const count = days.filter((day) => day === weekday).length;
        if (!count || !weekdays.includes(word) || told.facets[index].every.includes(weekday)) return "";
        return Otakara.sayCount("%(weekday)sは毎週ではなく、%(last)sまでに%(count)s回です。", count, { weekday: NAMES[weekday], last });
      });
    }

    const at = (day) => new Date(Date.parse(told.first) + day * A_DAY_MS);

    function dateOf(day) {
      return Otakara.say("%(month)s%(day)s日", { month: MONTHS[at(day).getUTCMonth()], day: at(day).getUTCDate() });
    }

    function dayOfWeek(day, withYear = false) {
      const date = Otakara.say("%(date)s(%(weekday)s)", { date: dateOf(day), weekday: LETTERS[mod7(day)] });
      const year = at(day).getUTCFullYear();
      return withYear && year !== at(today).getUTCFullYear() ? Otakara.say("%(year)s年%(date)s", { year, date }) : date;
    }

    const dayInMonth = (day) => Otakara.say("%(day)s日(%(weekday)s)", { day: at(day).getUTCDate(), weekday: LETTERS[mod7(day)] });
    const sameMonth = (one, other) => at(one).toISOString().slice(0, 7) === at(other).toISOString().slice(0, 7);

    function spanOf([first, last]) {
      if (first === last) return dayOfWeek(first);
      if (at(first).getUTCMonth() !== at(last).getUTCMonth()) {
        return Otakara.say("%(first)s〜%(last)s", { first: dateOf(first), last: dateOf(last) });
      }
      const [month, from, to] = [MONTHS[at(first).getUTCMonth()], at(first).getUTCDate(), at(last).getUTCDate()];
      return Otakara.say("%(month)s%(first)s日〜%(last)s日", { month, first: from, last: to });
    }

    return { told, today, spans, ahead, accepts, nextLine, askedLine, dateOf, dayOfWeek, dayInMonth, sameMonth, timeOf, spanOf };
  };

  const mod7 = (day) => ((day % 7) + 7) % 7; // a change may come from before the period

  function timeOf(start, word) {
    if (start === null) return word ? Otakara.say(word) : "";
    const [hour, minute] = [Math.floor(start / 60), String(start % 60).padStart(2, "0")];
    if (minute === "00") return Otakara.say("%(hour)s時から", { hour });
    return Otakara.say("%(hour)s時%(minute)s分から", { hour, minute });
  }
})();
