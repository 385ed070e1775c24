"use strict";
(() => {
  const D = JSON.parse(document.getElementById("data").textContent);
  const T = D.texts, DAY = 1440, SVG = "http://www.w3.org/2000/svg";
  const [FIRST, LAST, CYCLE, ANCHOR, WEEK] = D.term;
  const $ = (id) => document.getElementById(id);
  const state = { who: -1, week: "1", monday: 0 };

  // Small helpers: everything that is shown goes in as text, never as markup.
  const el = (tag, set, ...inside) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(set || {})) {
      if (name === "onclick") node.addEventListener("click", value);
      else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...inside.flat().filter((part) => part !== null && part !== ""));
    return node;
  };
  const name = (text) => el("bdi", {}, text);
  const ICONS = { online: "M2 3h12v8H2zM6 13.5h4M8 11v2.5", place: "M2.5 14V6L8 2.5 13.5 6v8zM6.5 14v-4h3v4" };
  const icon = (id) => { // drawn anew, since thousands of <use> elements make printing ten times slower
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("viewBox", "0 0 16 16");
    path.setAttribute("d", ICONS[id]);
    svg.append(path);
    return svg;
  };
  const fill = (text, things) => text.replace(/\{(\w+)\}/g, (_, key) => things[key]);
  const two = (number) => String(number).padStart(2, "0");
  const clock = (minute) => two(Math.floor(minute / 60) % 24) + ":" + two(minute % 60);
  const format = (options) => {
    const made = new Intl.DateTimeFormat(D.lang, { timeZone: "UTC", ...options });
    return (day) => made.format(new Date(day * 864e5));
  };
  const short = format({ day: "numeric", month: "short" }), long = format({ day: "numeric", month: "long", year: "numeric" });
  const range = (first, last) => {
    const made = new Intl.DateTimeFormat(D.lang, { timeZone: "UTC", day: "numeric", month: "short" });
    return made.formatRange ? made.formatRange(new Date(first * 864e5), new Date(last * 864e5)) : short(first) + " – " + short(last);
  };
  const weekday = (day) => (((day + 3) % 7) + 7) % 7;
  const monday = (day) => day - weekday(day);
  const today = () => { const now = new Date(); return Math.floor((now.getTime() - now.getTimezoneOffset() * 6e4) / 864e5); };
  const cycleWeek = (day) => ((((monday(day) - monday(ANCHOR)) / 7) % CYCLE) + CYCLE) % CYCLE + 1;
  // Days and periods as people call them: by the term's own names where it has them.
  const weeksShown = () => state.week === "dates" ? [cycleWeek(state.monday)] : state.week === "all" ? [...Array(CYCLE).keys()].map((at) => at + 1) : [Number(state.week)];
  const ownNames = (day, weeks) => [...new Set(day < WEEK ? weeks.map((week) => D.days[(week - 1) * WEEK + day]).filter(Boolean) : [])];
  const dayName = (day, weeks) => ownNames(day, weeks).join(" / ") || D.weekdays[day];
  const weekName = (week) => {
    const own = D.days.slice((week - 1) * WEEK, week * WEEK);
    return own.length ? [...new Set([own[0], own[own.length - 1]])].join(" – ") : fill(T.week, { n: week });
  };
  const daysShown = (most, weeks) => D.days.length ? Math.max(1, ...weeks.map((week) => Math.min(most, D.days.length - (week - 1) * WEEK))) : most;
  const rowName = (row) => row.label || String(row.number);
  const tellsTime = (row) => Boolean(row.label) && row.label.includes(clock(row.start).replace(/^0/, ""));
  const entity = (index) => ({ kind: D.entities[index][0], name: D.entities[index][1], detail: D.entities[index][2], size: D.entities[index][3] });
  const names = (indexes) => indexes.map((index) => entity(index).name).join(", ");

  const WHO = D.who.map(([index, id, zone, rows, days, cells, site], at) => ({ at, index, id, zone, rows, days, cells, site, ...entity(index) }));
  const PLACED = D.placements.map(([title, subject, site, section, teachers, staff, students, count, groups, rooms, place, seats, link, kind, pinned]) =>
    ({ title, subject, site, section, teachers, staff, students, count, groups, rooms, place, seats, link, kind, pinned }));
  const zoneTold = (who) => {
    const minutes = offset(who.zone, (state.week === "dates" ? state.monday : FIRST) * DAY), sign = minutes < 0 ? "−" : "+", rest = Math.abs(minutes) % 60;
    return fill(T.clock, { city: D.zones[who.zone][2], offset: "UTC" + sign + Math.floor(Math.abs(minutes) / 60) + (rest ? ":" + two(rest) : "") });
  };
  const described = (who) => [who.detail, zoneTold(who)].filter(Boolean).join(" · ");
  const KEYS = new Map(WHO.map((who) => [D.kinds[who.kind][0] + "/" + who.id, who.at]));
  const KINDS = D.kinds.map((kind, at) => at).filter((at) => WHO.some((who) => who.kind === at));

  // Dated meetings by their pattern, and those that one date alone brings to somebody or takes from them.
  const byPattern = new Map(), gained = new Map(), released = new Map();
  const push = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  D.occurrences.forEach((row, at) => {
    push(byPattern, row[0], at);
    for (const who of row[6] || []) push(gained, who, at);
    for (const who of row[7] || []) push(released, who, at);
  });
  const offset = (zone, minute) => {
    let found = 0;
    for (const [from, minutes] of D.zones[zone][1]) if (minute >= from || from === D.zones[zone][1][0][0]) found = minutes;
    return found;
  };

  // The entries of a week: of the pattern (week 1 to 4, or all), or by dates (from a Monday).
  const patternWeek = (who, week) => {
    const rows = D.rows[who.rows].map(([number, start, end, label]) => ({ number, start, end, label }));
    const entries = [];
    for (const index of who.cells) {
      const [placed, weeks, day, taken, start, end] = D.cells[index];
      if (week !== "all" && !(weeks & (1 << (week - 1)))) continue;
      entries.push({ placed: PLACED[placed], weeks: week === "all" ? weeks : 0, day, rows: taken, start, end, flags: 0, reason: "" });
    }
    return { rows, entries, days: Math.max(daysShown(who.days, weeksShown()), ...entries.map((entry) => entry.day + 1)) };
  };
  const datedWeek = (who, from) => {
    const rows = D.rows[who.rows].map(([number, start, end, label]) => ({ number, start, end, label }));
    const cells = new Map(who.cells.map((index) => [D.cells[index][0], D.cells[index]]));
    const lost = new Set(released.get(who.index)), chosen = new Set(gained.get(who.index));
    for (const placed of cells.keys()) for (const at of byPattern.get(placed) || []) if (!lost.has(at)) chosen.add(at);
    const entries = [];
    let days = daysShown(who.days, [cycleWeek(from)]);
    for (const at of chosen) {
      const [pattern, begin, minutes, shown, flags, reason] = D.occurrences[at];
      const local = begin + offset(who.zone, begin), day = Math.floor(local / DAY) - from;
      if (day < 0 || day > 6) continue;
      const start = local - (from + day) * DAY, end = start + minutes, cell = cells.get(pattern);
      const entry = { placed: PLACED[shown === undefined ? pattern : shown], weeks: 0, day, start, end, rows: null, flags: flags || 0, reason: reason || "" };
      if (cell && !(entry.flags & 2)) entry.rows = cell[3];
      days = Math.max(days, day + 1);
      entries.push(entry);
    }
    for (const entry of entries) {
      if (entry.rows) continue;
      const shared = rows.map((row) => Math.min(row.end, entry.end) - Math.max(row.start, entry.start));
      const best = shared.indexOf(Math.max(...shared, 0));
      if (best >= 0 && shared[best] > 0) entry.rows = [best];
      else { rows.push({ number: null, start: entry.start, end: entry.end, label: "" }); entry.rows = [rows.length - 1]; }
    }
    const order = rows.map((row, at) => at).sort((a, b) => rows[a].start - rows[b].start), place = new Map(order.map((at, to) => [at, to]));
    for (const entry of entries) entry.rows = entry.rows.map((row) => place.get(row)).sort((a, b) => a - b);
    return { rows: order.map((at) => rows[at]), entries, days };
  };

  // What is special about a date, for somebody at their site.
  const dayNotes = (who, day) => {
    const notes = [];
    for (const [first, last, title] of D.holidays) if (day >= first && day <= last) notes.push(title || T.dayOff);
    for (const [on, as] of D.moved) {
      if (on === day) notes.push(fill(T.heldAs, { date: short(as) }));
      if (as === day) notes.push(fill(T.movedTo, { date: short(on) }));
    }
    for (const [on, bells, sites] of D.shortened) {
      if (on === day && (!sites.length || sites.includes(who.site))) notes.push(fill(T.otherBells, { bells }));
    }
    if (day < FIRST || day > LAST) notes.push(T.outside);
    return notes;
  };
  const isOff = (day) => (day < FIRST || day > LAST || D.holidays.some(([first, last]) => day >= first && day <= last)) && !D.moved.some(([on]) => on === day);

  // What a card says depends on who looks: what one knows about oneself is left out.
  const kindName = (who) => D.kinds[who.kind][0];
  const people = (who, placed) => {
    const kind = kindName(who), lines = [];
    if (kind !== "teacher") lines.push(names(placed.teachers));
    if (kind !== "student" && kind !== "workstation") {
      if (placed.groups.length && kind !== "group") lines.push(names(placed.groups));
      else if (kind === "group") {
        const all = who.size, own = placed.students.filter((student) => MEMBERS.get(who.index)?.has(student)).length;
        if (all && own && own < all && !placed.groups.includes(who.index)) lines.push(fill(T.someOf, { n: own, all }));
      } else if (placed.students.length && placed.count <= 2) lines.push(names(placed.students));
      else if (placed.count) lines.push(fill(T.students, { n: placed.count }));
    }
    if (kind === "workstation") lines.unshift(...placed.seats.filter(([, seat]) => seat === who.index).map(([person]) => entity(person).name));
    if (!placed.teachers.length && placed.staff.length && kind !== "tutor" && kind !== "support") lines.push(names(placed.staff));
    return [...new Set(lines.filter(Boolean))];
  };
  const where = (who, placed) => {
    const seat = placed.seats.find(([person]) => person === who.index), rooms = placed.rooms.filter((room) => room !== who.index), parts = [];
    if (kindName(who) === "workstation") return "";
    if (seat) parts.push(entity(seat[1]).name, entity(seat[1]).detail.split(" · ")[0]);
    else if (rooms.length) parts.push(...rooms.map((room) => entity(room).name));
    else if (placed.place >= 0 && placed.place !== who.site) parts.push(entity(placed.place).name);
    return [...new Set(parts.filter(Boolean))].join(", ");
  };
  const MEMBERS = new Map();
  for (const [group, students] of D.members) MEMBERS.set(group, new Set(students));

  const title = (placed) => placed.section ? fill(T.section, { course: placed.title, section: placed.section }) : placed.title;
  const weeksOf = (mask) => [...Array(CYCLE).keys()].filter((at) => mask & (1 << at)).map((at) => at + 1);
  const weeksTold = ({ weeks: mask, day }) => {
    const weeks = weeksOf(mask);
    return weeks.length === CYCLE ? "" : ownNames(day, weeks).join(", ") || fill(T.inWeeks, { weeks: weeks.join(", ") });
  };
  const look = (placed) => placed.subject < 0 ? "" : ` s${placed.subject} p${D.subjects[placed.subject][2]}`;
  const span = (entry) => clock(entry.start) + "–" + clock(entry.end);
  const card = (who, entry, row, live) => {
    const { placed } = entry, cancelled = entry.flags & 1, place = where(who, placed);
    const other = row && (entry.start !== row.start || entry.rows.length > 1 || entry.end !== row.end);
    const mark = entry.weeks ? weeksTold(entry) : "";
    return el(live ? "button" : "div", { type: live ? "button" : null, class: "card" + look(placed) + (cancelled ? " cancelled" : ""), onclick: live ? () => tell(who, entry) : null },
      el("span", { class: "in" },
      cancelled ? el("span", { class: "flag" }, T.cancelled) : null,
      mark ? el("span", { class: "weeks-mark" }, mark) : null,
      el("b", {}, name(title(placed))),
      placed.subject >= 0 && !placed.title.toLowerCase().includes(D.subjects[placed.subject][1].toLowerCase()) ? el("span", { class: "line" }, name(D.subjects[placed.subject][1])) : null,
      people(who, placed).map((line) => el("span", { class: "line who" }, name(line))),
      other ? el("span", { class: "line clock" }, span(entry)) : null,
      el("span", { class: "mode" },
        placed.subject < 0 ? null : el("span", { class: "sign", "aria-hidden": "true" }, D.subjects[placed.subject][0]),
        icon(placed.site ? "place" : "online"), placed.site ? T.atSite : T.online, place ? el("span", {}, " · ", name(place)) : null)));
  };
  const wholeCell = (lists, day, row) => { // a double lesson that has its cells for itself is one tall cell
    const here = lists[day][row];
    if (here.length !== 1 || here[0].rows[0] !== row) return 1;
    const taken = here[0].rows;
    return taken.every((r, at) => r === row + at && lists[day][r].length === 1) ? taken.length : 1;
  };
  const table = (who, data, from, live) => {
    const lists = [...Array(data.days).keys()].map(() => data.rows.map(() => []));
    for (const entry of data.entries) for (const row of entry.rows) lists[entry.day][row].push(entry);
    for (const day of lists) for (const cell of day) cell.sort((a, b) => a.start - b.start || (a.placed.title < b.placed.title ? -1 : 1));
    const skip = new Set();
    const headings = lists.map((_, day) => {
      const date = from === null ? null : from + day;
      return el("th", { scope: "col", class: date !== null && date === today() && live ? "now" : null }, name(dayName(day, weeksShown())),
        date === null ? null : el("small", {}, short(date)),
        date === null ? null : dayNotes(who, date).map((note) => el("span", { class: "badge" }, name(note))));
    });
    const body = data.rows.map((row, at) => el("tr", {},
      el("th", { scope: "row", class: "time" }, row.number === null ? null : el("b", { class: row.label ? "label" : null }, name(rowName(row))), tellsTime(row) ? null : [clock(row.start), el("br"), clock(row.end)]),
      lists.map((day, d) => {
        if (skip.has(d * 100 + at)) return null;
        const tall = wholeCell(lists, d, at);
        for (let more = 1; more < tall; more += 1) skip.add(d * 100 + at + more);
        const off = from !== null && isOff(from + d) && !day[at].length;
        return el("td", { rowspan: tall > 1 ? tall : null, class: off ? "off" : tall > 1 ? "tall" : null }, day[at].map((entry) => card(who, entry, row, live)));
      })));
    if (!data.entries.length) body.push(el("tr", {}, el("td", { colspan: data.days + 1, class: "free" }, T.nothing)));
    return el("table", { class: "week" }, el("caption", { class: "unseen" }, who.name), el("thead", {}, el("tr", {}, el("th", { class: "time", scope: "col" }, T.period), headings)), el("tbody", {}, body));
  };
  const agenda = (who, data, from) => el("div", {}, [...Array(data.days).keys()].map((day) => {
    const date = from === null ? null : from + day;
    const entries = data.entries.filter((entry) => entry.day === day).sort((a, b) => a.start - b.start);
    return el("section", { class: "day" },
      el("h3", {}, name(dayName(day, weeksShown())), date === null ? null : el("small", {}, short(date)), date === null ? null : dayNotes(who, date).map((note) => el("span", { class: "badge" }, name(note)))),
      entries.length ? entries.map((entry) => {
        const periods = entry.rows.map((row) => data.rows[row]).filter((row) => row.number !== null);
        const sign = periods.every((row) => /^\d+$/.test(rowName(row))) ? "№ " : "";
        return el("div", { class: "entry" }, el("time", {}, el("b", {}, clock(entry.start)), clock(entry.end), periods.length && !periods.every(tellsTime) ? el("span", {}, el("br"), sign, name(periods.map(rowName).join("–"))) : null), card(who, entry, null, true));
      }) : el("p", { class: "free" }, T.free));
  }));
  const week = (who) => state.week === "dates" ? datedWeek(who, state.monday) : patternWeek(who, state.week);
  const from = () => state.week === "dates" ? state.monday : null;

  // Self-paced courses, and the other clock that somebody may compare with.
  const beside = (who) => {
    const own = D.selfPaced.filter(([, , , , students, groups]) => students.includes(who.index) || groups.includes(who.index));
    return own.length === 0 ? "" : el("section", { class: "beside" }, el("h3", {}, T.selfPaced), el("ul", {}, own.map(([course, , deadline, hours]) =>
      el("li", {}, name(course), " — ", el("b", {}, fill(T.until, { date: long(deadline) })), ", " + fill(T.hours, { hours })))));
  };

  // All about one lesson; a workstation with its room and site, since every site has a first one.
  const seatTold = (seat) => [entity(seat).name, entity(seat).detail].filter(Boolean).join(" · ");
  const tell = (who, entry) => {
    const { placed } = entry, facts = [];
    const add = (what, value) => { if (value) facts.push(el("dt", {}, what), el("dd", {}, value)); };
    if (placed.subject >= 0) add(T.subject, name(D.subjects[placed.subject][1]));
    add(T.kind, placed.kind && name(placed.kind));
    add(T.when, dayName(entry.day, entry.weeks ? weeksOf(entry.weeks) : weeksShown()) + (from() === null ? "" : ", " + long(from() + entry.day)) + ", " + span(entry) + ", " + zoneTold(who));
    add(T.weeks, entry.weeks ? weeksTold(entry) : "");
    add(T.reason, entry.reason && name(entry.reason));
    add(T.mode, el("span", { class: "mode" }, icon(placed.site ? "place" : "online"), placed.site ? T.atSite : T.online));
    add(T.teachers, placed.teachers.length && name(names(placed.teachers)));
    add(T.staff, placed.staff.length && name(names(placed.staff)));
    add(T.groups, placed.groups.length && name(names(placed.groups)));
    add(placed.rooms.length > 1 ? T.rooms : T.room, placed.rooms.length && name(names(placed.rooms)));
    add(T.place, placed.place >= 0 && name(entity(placed.place).name));
    if (placed.count) {
      const seat = new Map(placed.seats);
      add(fill(T.students, { n: placed.count }), el("ul", {}, placed.students.map((student) => el("li", {}, name(entity(student).name), seat.has(student) ? el("small", { class: "muted" }, " — ", name(seatTold(seat.get(student)))) : null))));
    }
    const staffSeats = placed.seats.filter(([person]) => !placed.students.includes(person));
    add(T.workstations, staffSeats.length && el("ul", {}, staffSeats.map(([person, seat]) => el("li", {}, name(entity(person).name), " — ", name(seatTold(seat))))));
    add(T.link, placed.link && (/^https?:\/\/\S+$/.test(placed.link) ? el("a", { href: placed.link, rel: "noopener noreferrer", target: "_blank" }, placed.link) : name(placed.link)));
    add(T.pinned, placed.pinned ? T.yes : "");
    const heading = el("h3", { id: "more-title" }, name(title(placed)), entry.flags & 1 ? el("span", { class: "flag" }, T.cancelled) : null);
    $("more-body").replaceChildren(el("div", { class: "more" }, heading, el("dl", {}, facts)));
    $("more").showModal();
  };

  // The frame around the grid.
  const narrow = matchMedia("(max-width: 760px)");
  const draw = () => {
    const who = WHO[state.who];
    const weeks = CYCLE > 1 ? [...Array(CYCLE).keys()].map((at) => [String(at + 1), weekName(at + 1)]).concat([["all", T.allWeeks]]) : [["1", T.everyWeek]];
    $("switch").replaceChildren(...[...weeks, ["dates", T.byDates]].map(([value, text]) =>
      el("button", { type: "button", "aria-pressed": String(state.week === value), onclick: () => { state.week = value; show(); } }, text)));
    $("walk").hidden = state.week !== "dates";
    $("span").textContent = range(state.monday, state.monday + 6) + (CYCLE > 1 ? " · " + weekName(cycleWeek(state.monday)) : "");
    if (!who) { $("name").textContent = T.nobody; $("grid").replaceChildren(); return; }
    $("name").replaceChildren(name(who.name));
    $("detail").replaceChildren(name(described(who)));
    const data = week(who);
    $("grid").replaceChildren(narrow.matches ? agenda(who, data, from()) : table(who, data, from(), true));
    $("beside").replaceChildren(beside(who));
    document.title = who.name + " — " + D.title;
  };
  const MOST = 300;
  const search = () => {
    const kind = Number($("kind").value), words = $("find").value.toLowerCase().replaceAll("ё", "е").split(/\s+/).filter(Boolean);
    const fits = (who) => { const text = (who.name + " " + who.detail).toLowerCase().replaceAll("ё", "е"); return words.every((word) => text.includes(word)); };
    return WHO.filter((who) => who.kind === kind && fits(who));
  };
  const list = () => {
    const found = search();
    $("found").textContent = found.length > MOST ? fill(T.firstOf, { n: MOST, all: found.length }) : fill(T.found, { n: found.length });
    $("list").toggleAttribute("data-still", document.activeElement !== $("find") && !$("find").value);
    $("list").replaceChildren(...found.slice(0, MOST).map((who) => el("li", {}, el("button", { type: "button", "aria-current": who.at === state.who ? "true" : null, onclick: () => { choose(who.at); $("name").focus(); } }, name(who.name), who.detail ? el("small", {}, name(who.detail)) : null))));
  };
  const address = () => "#" + (state.who < 0 ? "" : D.kinds[WHO[state.who].kind][0] + "/" + encodeURIComponent(WHO[state.who].id) + "/" + (state.week === "dates" ? "d" + state.monday : state.week));
  const show = () => { draw(); if (location.hash !== address()) history.replaceState(null, "", address()); };
  const choose = (at) => { state.who = at; if (narrow.matches) { $("find").value = ""; $("find").blur(); } list(); show(); };
  const tab = (which) => {
    for (const id of ["weeks", "summary"]) {
      $(id).hidden = id !== which;
      if (id === which) $("tab-" + id).setAttribute("aria-current", "page"); else $("tab-" + id).removeAttribute("aria-current");
    }
    if (which === "summary") { document.title = D.title; if (location.hash !== "#summary") history.replaceState(null, "", "#summary"); } else show();
  };
  const follow = () => {
    if (location.hash === "#summary") { tab("summary"); return; }
    const [kind, id, when] = location.hash.slice(1).split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
    const at = KEYS.get(kind + "/" + id);
    if (at !== undefined) {
      state.who = at;
      $("kind").value = String(WHO[at].kind);
      if (/^d-?\d+$/.test(when || "")) { state.week = "dates"; state.monday = monday(Number(when.slice(1))); } else if (when === "all" || Number(when) >= 1 && Number(when) <= CYCLE) state.week = when;
    }
    tab("weeks");
    list();
  };

  // On paper: one participant a page.
  const print = (chosen) => {
    $("paper").replaceChildren(...chosen.map((who) => el("section", { class: "sheet" },
      el("header", {}, el("div", {}, el("h2", {}, name(who.name)), el("p", { class: "detail" }, name(described(who)))),
        el("p", { class: "detail" }, name(D.title), " · ", state.week === "dates" ? $("span").textContent : state.week === "all" ? T.allWeeks : CYCLE === 1 ? T.everyWeek : weekName(Number(state.week)))),
      table(who, week(who), from(), false), beside(who))));
    document.body.classList.add("printing");
    window.print();
  };
  window.addEventListener("afterprint", () => { document.body.classList.remove("printing"); $("paper").replaceChildren(); });

  const start = () => {
    $("kind").replaceChildren(...KINDS.map((at) => el("option", { value: String(at) }, D.kinds[at][1])));
    $("kind").addEventListener("change", () => { $("find").value = ""; choose(search()[0]?.at ?? -1); });
    $("find").addEventListener("input", list);
    $("find").addEventListener("focus", () => $("list").removeAttribute("data-still"));
    $("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter") { const [first] = search(); if (first) choose(first.at); }
      if (event.key === "ArrowDown") { event.preventDefault(); $("list").querySelector("button")?.focus(); }
    });
    $("list").addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const buttons = [...$("list").querySelectorAll("button")], at = buttons.indexOf(document.activeElement) + step;
      (buttons[at] || $("find")).focus();
    });
    for (const [id, days] of [["before", -7], ["after", 7]]) $(id).addEventListener("click", () => { state.monday += days; show(); });
    $("today").addEventListener("click", () => { state.monday = monday(today()); show(); });
    $("print").addEventListener("click", () => { if (WHO[state.who]) print([WHO[state.who]]); });
    $("print-all").addEventListener("click", () => print(search()));
    for (const id of ["weeks", "summary"]) $("tab-" + id).addEventListener("click", () => tab(id));
    narrow.addEventListener("change", draw);
    addEventListener("hashchange", follow);
    const now = today(), within = now >= FIRST && now <= LAST;
    state.monday = monday(within ? now : FIRST);
    state.week = within && D.occurrences.length ? "dates" : "1";
    state.who = WHO.length ? 0 : -1;
    if (WHO.length) $("kind").value = String(WHO[0].kind);
    follow();
  };
  start();
})();
