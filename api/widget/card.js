// One citation: the quotation, where it stands, and what can be done with it.

import { h, icon, safeUrl } from "./dom.js";
import { look } from "./stream.js";

const LONG = 900; // code points

/** The address of a paragraph's route or page; symbols hold slashes, which stay. */
const path = (text) => text.split("/").map(encodeURIComponent).join("/");

/** A link that opens beside the page, and says so. */
export function link(chat, url, words, part, open) {
  if (!url) return words;
  return h("a", { href: url, target: "_blank", rel: "noopener", part, onclick: open },
    words, "\xa0", icon("out"), h("span", { class: "sr" }, " ", chat.t("tab")));
}

/** A paragraph with the answering words marked. Offsets count code points, JavaScript's strings UTF-16 units.
 *  A long one shows what surrounds those words, and the rest on demand; nothing of it is missing from the page. */
export function quotation(chat, citation) {
  const points = Array.from(citation.text);
  const [start, end] = citation.highlight || [0, 0];
  const slice = (from, to) => points.slice(from, to).join("");
  const mark = end > start && h("mark", {}, slice(start, end));
  const text = h("p", { dir: "auto" });
  const quote = h("blockquote", { part: "quotation" }, text);
  const blank = (from, step) => {
    while (points[from] && /\S/.test(points[from])) from += step;
    return from;
  };
  const head = points.length > LONG && start > 400 ? blank(start - 200, 1) : 0;
  const tail = points.length > LONG ? blank(Math.max(end + 300, head + 700), 1) : points.length;
  const before = h("span", { hidden: true }, slice(0, head));
  const after = h("span", { hidden: true }, slice(Math.max(tail, end)));
  text.append(before, slice(head, start), mark || "", slice(end, tail), after);
  if (!head && tail >= points.length) return [quote];
  const button = h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: flip }, chat.t("more"));
  const sides = [[before, head && "cut-head"], [after, tail < points.length && "cut-tail"]];
  function flip() {
    const open = before.hidden && after.hidden;
    for (const [side, name] of sides) {
      side.hidden = !open;
      if (name) text.classList.toggle(name, !open);
    }
    button.setAttribute("aria-expanded", open);
  }
  for (const [, name] of sides) if (name) text.classList.add(name);
  return [quote, button];
}

/** The card of a citation. `asked` is the question it answers; without one there are no thumbs. */
export function card(chat, citation, asked) {
  const { t } = chat;
  const opened = (event) => chat.tell("citation-open", { citation }, true) || event.preventDefault();
  const source = link(chat, safeUrl(citation.url), citation.citation, "link", opened);
  const day = citation.adopted && new Date(citation.adopted + "T00:00Z");
  const adopted = day && !isNaN(day) && new Intl.DateTimeFormat(chat.language == "en" ? "en-GB" : chat.language, { dateStyle: "long", timeZone: "UTC" }).format(day);
  const facts = [citation.organ && t(citation.organ), adopted, citation.kind && t(citation.kind)].filter(Boolean);
  const place = h("div", { class: "place" });
  return h("article", { class: "card", part: "citation", "aria-label": citation.citation, tabindex: "-1" },
    citation.chapeau && h("p", { class: "chapeau", dir: "auto" }, citation.chapeau),
    quotation(chat, citation),
    h("p", { class: "source", dir: "auto" }, source),
    h("p", { class: "title", dir: "auto" }, citation.title),
    h("p", { class: "facts" }, facts.flatMap((fact, n) => [n > 0 && " · ", h("bdi", {}, fact)])),
    citation.also?.length > 0 && h("p", { class: "facts" }, t("also", { s: citation.also.slice(0, 4).join("; ").replaceAll("#OP", ", para. ") })),
    h("div", { class: "actions" },
      copying(chat, citation),
      unfolding(chat, place, "around", () => surroundings(chat, citation)),
      unfolding(chat, place, "like", () => alike(chat, citation)),
      asked && thumbs(chat, citation, asked)),
    place);
}

function copying(chat, citation) {
  const words = h("span", {}, chat.t("copy"));
  const copied = [citation.citation, safeUrl(citation.url)].filter(Boolean).join(", ");
  const done = () => {
    words.textContent = chat.t("copied");
    chat.say(chat.t("copied"));
    setTimeout(() => (words.textContent = chat.t("copy")), 2000);
  };
  const click = async () => {
    try {
      await navigator.clipboard.writeText(copied);
    } catch {
      // no clipboard for pages without https: let the person copy it from a selected field
      const field = h("input", { class: "copy", readonly: true, "aria-label": chat.t("copy") });
      field.value = copied;
      button.replaceWith(field);
      field.focus();
      field.select();
      return;
    }
    done();
  };
  const button = h("button", { type: "button", class: "quiet", onclick: click }, icon("copy"), words);
  return button;
}

/** A button that shows what it stands for below the card, and hides it again; at most one at a time. */
function unfolding(chat, place, name, load) {
  let shown;
  const button = h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: click }, icon(name), chat.t(name));
  const close = () => {
    button.setAttribute("aria-expanded", "false");
    shown?.remove();
    shown = place.close = undefined;
  };
  async function click() {
    if (shown) return close();
    place.close?.();
    place.close = close;
    button.setAttribute("aria-expanded", "true");
    const mine = (shown = h("section", { "aria-label": chat.t(name) }, h("p", { class: "wait" }, chat.t("search"))));
    place.append(mine);
    try {
      mine.replaceChildren(...(await load()));
    } catch (error) {
      mine.replaceChildren(h("p", { class: "note" }, chat.explain(error)));
      chat.say(chat.explain(error));
    }
  }
  return button;
}

async function surroundings(chat, citation) {
  const page = await look(chat.service, "/v1/paragraphs/" + path(citation.id));
  const line = (one) => h("p", { dir: "auto", class: "k" + one.level, "aria-current": one.id == citation.id && "true" }, one.number && h("b", {}, one.number, " "), one.text);
  const { symbol } = page.resolution;
  const url = chat.service + "/resolutions/" + path(symbol) + "#" + encodeURIComponent(page.paragraph.label);
  return [...page.before, page.paragraph, ...page.after].map(line).concat(h("p", {}, link(chat, safeUrl(url), chat.t("whole"), "link")));
}

async function alike(chat, citation) {
  const found = await look(chat.service, "/v1/similar/" + path(citation.id) + "?k=3");
  return found.citations.length ? found.citations.map((one) => card(chat, one)) : [h("p", {}, chat.t("alone"))];
}

function thumbs(chat, citation, asked) {
  const place = h("span", { class: "thumbs" });
  const thank = () => place.replaceChildren(chat.t("thanks"));
  const button = (name, verdict) => {
    const click = async () => {
      const right = verdict == "helpful" ? [citation.id] : [];
      const body = { question: asked.question, verdict, citations: [citation.id], right, generation: asked.answer?.generation || "" };
      try {
        await look(chat.service, "/v1/feedback", body);
        (asked.told ||= []).push(citation.id);
        chat.keep();
        thank();
        place.tabIndex = -1;
        place.focus();
        chat.say(chat.t("thanks"));
      } catch (error) {
        const words = chat.explain(error);
        place.replaceChildren(...buttons, words);
        chat.say(words);
      }
    };
    return h("button", { type: "button", class: "quiet", title: chat.t(name), "aria-label": chat.t(name), onclick: click }, icon("up"));
  };
  const buttons = [button("up", "helpful"), button("down", "unhelpful")];
  place.append(...buttons);
  if (asked.told?.includes(citation.id)) thank();
  return place;
}
