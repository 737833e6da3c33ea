// One question with its answer, whichever way that ends. A turn is plain data that is kept over a reload; this draws it.

import { card } from "./card.js";
import { h, icon, queue } from "./dom.js";

const SLOW = 4000; // ms

/** What the service itself says, which is in English. */
const said = (text) => h("p", { dir: "auto", lang: "en" }, text);

const wide = (words, onclick) => h("button", { type: "button", class: "wide", onclick }, words);

/** The view of a turn. `turn.state` is asking, done or failed. */
export class TurnView {
  #chat;
  #turn;
  #soon = queue();
  #drawn = 0;
  #cards = h("div", { class: "cards" });
  #head = h("div", { class: "verdict" });
  #foot = h("div", {});
  #wait;
  #timers = [];

  constructor(chat, turn) {
    this.#chat = chat;
    this.#turn = turn;
    this.#wait = h("p", { class: "wait" }, chat.t("search"));
    this.node = h("section", { class: "turn", tabindex: "-1" },
      h("h3", { class: "question", part: "question" }, h("bdi", {}, turn.question)),
      this.#head, this.#wait, this.#cards, this.#foot);
    this.update();
    if (turn.state == "asking")
      this.#timers.push(setTimeout(() => {
        this.#wait.textContent = chat.t("slow");
        chat.say(chat.t("slow"));
      }, turn.began + SLOW - Date.now()));
  }

  /** Draw what has come since. */
  update() {
    const { state, citations } = this.#turn;
    while (this.#drawn < citations.length) {
      const one = citations[this.#drawn++];
      this.#soon(() => this.#cards.append(card(this.#chat, one, this.#turn)));
    }
    const busy = state == "asking";
    this.#wait.hidden = !busy;
    this.node.setAttribute("aria-busy", busy);
    if (busy) return;
    this.stop();
    if (state == "failed") return this.#fail();
    const { answer, history } = this.#turn;
    const { meant, notes } = answer.understood || {};
    // a list that was asked for goes on beyond what came; the service gives at most 100 at once
    const n = Math.min(meant, 100);
    if (n > this.#drawn)
      this.#foot.append(wide(this.#chat.t("all", { n }), () => this.#chat.more(this.#turn, { k: n })));
    if (answer.status == "answered") this.#sure(answer.probability);
    else this.#abstain(answer);
    // what was read as going on may have been meant to stand alone
    if (history?.length && notes?.some((note) => /^read a|is read after /.test(note)))
      this.#head.append(wide(this.#chat.t("solo"), () => this.#chat.more(this.#turn, { history: [] })));
  }

  /** End the timers. */
  stop() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }

  #sure(probability) {
    const { t, language } = this.#chat;
    const level = probability >= 0.85 ? "high" : probability >= 0.6 ? "mid" : "low";
    const share = new Intl.NumberFormat(language, { style: "percent" }).format(Math.min(probability, 0.99));
    this.#head.append(h("p", { class: "sure " + level }, t(level), h("b", {}, share)), this.#scope());
  }

  // What the search was limited to, by the person or by what the service read out of the question; a reason says it itself.
  #scope(reason) {
    const { t } = this.#chat;
    const { filters = {}, notes = [] } = this.#turn.answer.understood || {};
    const years = filters.year_from || filters.year_to ? [(filters.year_from ?? "") + "–" + (filters.year_to ?? "")] : [];
    const scope = [...(filters.organ || []).map((name) => t(name)), ...years, ...(filters.symbol || []), ...(filters.session || [])].join(", ");
    return h("div", { class: "facts" },
      scope && !reason?.endsWith(": " + scope) && h("p", {}, t("read", { s: scope })),
      notes.map(said));
  }

  #abstain({ reason, nearest }) {
    const { t } = this.#chat;
    this.#head.append(h("div", { class: "note none" }, h("p", {}, h("b", {}, t("none"))), reason && said(reason), this.#scope(reason)));
    const symbols = [...new Set((nearest || []).map((one) => one.symbol))].slice(0, 2);
    // in English, whatever the interface speaks: the texts are, and so must the questions be
    const asked = symbols.map((symbol) => `What does ${symbol} say?`);
    this.#foot.append(this.#chat.suggest([...asked, ...this.#chat.openers].slice(0, 4)) || "");
    if (!nearest?.length) return;
    const inside = h("div", { class: "cards" });
    const open = () => inside.firstChild || nearest.forEach((one) => this.#soon(() => inside.append(card(this.#chat, one, this.#turn))));
    this.#foot.append(h("details", { ontoggle: open }, h("summary", {}, t("near", { n: nearest.length })), inside));
  }

  #fail() {
    const { t } = this.#chat;
    const { failure } = this.#turn;
    const words = h("span", {}, this.#chat.explain(failure));
    const detail = failure.kind == "failed" && failure.problem?.detail;
    const again = () => button.getAttribute("aria-disabled") == "true" || this.#chat.again(this.#turn);
    const button = wide(t("again"), again);
    this.#head.append(h("div", { class: "note " + failure.kind }, h("p", {}, words), detail && said(detail), button));
    if (failure.kind == "limited") this.#count(words, button);
  }

  #count(words, button) {
    const { t } = this.#chat;
    const tick = () => {
      const left = Math.ceil((this.#turn.until - Date.now()) / 1000);
      if (left > 0) {
        words.textContent = t("limited", { n: left });
        button.setAttribute("aria-disabled", "true");
        return;
      }
      this.stop();
      words.textContent = t("waited");
      button.removeAttribute("aria-disabled");
      this.#chat.say(t("waited"));
    };
    tick();
    this.#timers.push(setInterval(tick, 250));
  }
}
