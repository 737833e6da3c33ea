// <resolution-chat>: the element, its attributes, events and methods. docs/widget.md is the manual.

import { h, icon, safeUrl } from "./dom.js";
import { ask, Failure } from "./stream.js";
import css from "./style.css";
import { choose, ORGANS, speak } from "./texts.js";
import { TurnView } from "./turn.js";

const HOME = import.meta.url.replace(/\/widget[/.][^/]*$/, ""); // the service that this script came from
const KEPT = 20; // turns in session storage
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

class ResolutionChat extends HTMLElement {
  static observedAttributes = ["api", "lang", "mode", "heading", "placeholder", "filters", "questions"];
  #root = this.attachShadow({ mode: "open" });
  #turns = [];
  #views = new Map();
  #stop;
  #busy = false;
  #ui;
  #online = () => {
    const last = this.#turns.at(-1);
    if (last?.failure?.kind == "offline") this.again(last);
  };

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    this.#restore();
    this.#build();
    addEventListener("online", this.#online);
  }

  disconnectedCallback() {
    removeEventListener("online", this.#online);
    // a move within the page takes the element out for a moment
    queueMicrotask(() => this.isConnected || (this.#stop?.abort(), this.#views.forEach((view) => view.stop())));
  }

  attributeChangedCallback() {
    if (this.#ui) this.#build();
  }

  // The methods that pages may call

  /** Ask a question; the promise gives the answer with its citations, or is rejected with the failure.
   *  It goes on from those before it, unless `history` says from which, or with [] from none. */
  async ask(question, { filters = this.#filters(), history } = {}) {
    question = String(question).trim();
    if (!question) throw new TypeError("the question is empty");
    this.#stop?.abort();
    history ||= this.#turns.filter((turn) => turn.state == "done").map((turn) => turn.question).slice(-5);
    // until it has ended it is kept as one that was cut off: a reload may come at any time
    const turn = { question, filters, history, state: "asking", began: Date.now(), citations: [], failure: { kind: "cut" } };
    this.#turns.push(turn);
    this.keep();
    this.#show(turn);
    this.tell("question", { question, history, filters });
    return this.#run(turn);
  }

  /** Forget the conversation. */
  clear() {
    this.#stop?.abort();
    this.#turns = [];
    this.keep();
    this.#views.forEach((view) => (view.stop(), view.node.remove()));
    this.#views.clear();
    this.#ui.clear.hidden = !(this.#ui.intro.hidden = false);
  }

  /** Open the dialog of a launcher. */
  open() {
    const { panel, field, launcher } = this.#ui;
    if (!launcher || panel.open) return;
    if (matchMedia("(max-width: 30em), (max-height: 25em)").matches) panel.showModal();
    else panel.show();
    launcher.setAttribute("aria-expanded", "true");
    field.focus();
  }

  /** Close it; the focus goes back to the button. */
  close() {
    const { panel, launcher } = this.#ui;
    if (launcher && panel.open) panel.close();
  }

  // What the views need. No name of an attribute: React and Vue set a property where there is one

  get language() {
    return choose([this.lang || this.closest("[lang]")?.lang, document.documentElement.lang, ...navigator.languages]);
  }

  get t() {
    return speak(this.language);
  }

  get service() {
    return (safeUrl(this.getAttribute("api") || HOME, document.baseURI) || HOME).replace(/\/+$/, "");
  }

  get openers() {
    return (this.getAttribute("questions") || "").split("|").map((each) => each.trim()).filter(Boolean);
  }

  /** An event for the page; false where a listener cancelled it. "error" does not bubble, as that of images. */
  tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: name != "error", composed: true }));
  }

  /** One announcement to screen readers. */
  say(words) {
    this.#ui.live.textContent = words;
  }

  /** A failure in words. */
  explain({ kind, seconds }) {
    return this.t(kind || "failed", { n: seconds, s: location.origin });
  }

  /** A list of questions to choose from, none of which goes on from what was asked before. */
  suggest(questions) {
    const ask = (question) => () => {
      this.#quietly(question, { history: [] });
      this.#ui.log.focus({ preventScroll: true }); // the button may be gone; the field would bring up a phone's keyboard
    };
    const pick = (question) => h("li", {}, h("button", { type: "button", class: "chip", dir: "auto", onclick: ask(question) }, question));
    return questions.length > 0 && h("div", { class: "try" }, h("p", {}, this.t("try")), h("ul", {}, questions.map(pick)));
  }

  /** Ask the same question once more. */
  again(turn) {
    this.#turns = this.#turns.filter((each) => each != turn);
    this.#views.get(turn)?.stop();
    this.#views.get(turn)?.node.remove();
    this.#quietly(turn.question, turn);
    this.#ui.field.focus();
  }

  /** Ask the question of a turn once more, in its place: for `k` paragraphs, where the list goes on, or with another `history`. */
  more(turn, changed) {
    Object.assign(turn, changed, { state: "asking", began: Date.now(), citations: [] });
    const view = new TurnView(this, turn);
    this.#views.get(turn).node.replaceWith(view.node);
    this.#views.set(turn, view);
    this.#run(turn).catch(() => {});
    this.#ui.log.focus({ preventScroll: true }); // the button is gone
  }

  // Asking

  #quietly(question, more) {
    this.ask(question, more).catch(() => {}); // shown, and told by the "error" event
  }

  async #run(turn) {
    const stop = (this.#stop = new AbortController());
    const { question, filters, history, k = Math.min(Math.max(+this.getAttribute("k") || 5, 1), 50) } = turn;
    this.#asking(true);
    this.say(this.t("search"));
    try {
      for await (const [name, content] of ask(this.service, { question, k, filters, history }, stop.signal)) {
        if (name == "citation") turn.citations.push(content);
        if (name == "done") turn.answer = content;
        this.#views.get(turn)?.update();
      }
      turn.state = "done";
      this.#end(turn, stop);
      const [first] = turn.citations;
      this.say(first ? this.t("ready", { n: turn.citations.length, c: first.citation }) : this.t("none"));
      const answer = { ...turn.answer, citations: turn.citations };
      this.tell("answer", answer);
      return answer;
    } catch (error) {
      const { kind = "failed", problem, seconds } = error;
      if (!(error instanceof Failure)) console.error(error);
      Object.assign(turn, { state: "failed", failure: { kind, problem, seconds }, until: Date.now() + seconds * 1000 });
      this.#end(turn, stop);
      this.say(this.explain(turn.failure));
      if (kind != "stopped") this.tell("error", { question, ...turn.failure });
      throw error;
    }
  }

  #end(turn, stop) {
    this.#views.get(turn)?.update();
    this.keep();
    if (this.#stop == stop) this.#asking(false);
  }

  #asking(busy) {
    const { send } = this.#ui;
    const name = busy ? "stop" : "ask";
    this.#busy = busy;
    send.replaceChildren(icon(name));
    send.setAttribute("aria-label", this.t(name));
    send.title = this.t(name);
  }

  // Keeping the conversation over a reload

  get #key() {
    return this.getAttribute("storage") != "off" && ["resolution-chat", this.service, this.id].join(" ");
  }

  #restore() {
    try {
      if (!this.#key || this.#turns.length) return;
      this.#turns = JSON.parse(sessionStorage.getItem(this.#key)) || [];
      for (const turn of this.#turns) if (turn.state == "asking") turn.state = "failed";
    } catch {
      // storage is closed to this page
    }
  }

  /** The conversation, kept for a reload. */
  keep() {
    const kept = this.#turns.slice(-KEPT);
    try {
      if (!this.#key) return;
      if (kept.length) sessionStorage.setItem(this.#key, JSON.stringify(kept));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // closed or full: the conversation lives as long as the page
    }
  }

  // Drawing

  #show(turn) {
    const view = new TurnView(this, turn);
    this.#views.set(turn, view);
    this.#ui.clear.hidden = false;
    this.#ui.intro.hidden = true;
    const { log } = this.#ui;
    log.append(view.node);
    // where it grows with its conversation the page scrolls, and a phone's keyboard makes room for the answer
    if (getComputedStyle(log).overflowY != "visible") log.scrollTop = view.node.offsetTop - 16;
    else if (turn.state == "asking") (view.node.focus(), view.node.scrollIntoView());
  }

  #build() {
    const { t } = this;
    const draft = this.#ui?.field.value || "";
    const open = this.#ui?.panel.open;
    const launcher = this.getAttribute("mode") == "launcher";
    this.#views.forEach((view) => view.stop());
    this.#views.clear();
    const heading = this.getAttribute("heading") || t("title");
    const ui = (this.#ui = {
      live: h("div", { role: "status", class: "sr" }),
      intro: h("div", { class: "intro" }, h("slot", { name: "intro" }, h("p", {}, t("intro"))), this.suggest(this.openers)),
      log: h("div", { class: "log", part: "log", role: "region", "aria-label": t("log"), tabindex: "0" }),
      field: h("textarea", { "aria-label": t("place"), part: "input", rows: "1", maxlength: "2000", dir: "auto", enterkeyhint: "send",
        placeholder: this.getAttribute("placeholder") || t("place"), onkeydown: (event) => this.#typed(event) }),
      send: h("button", { class: "send", part: "button" }),
      clear: h("button", { type: "button", class: "quiet", title: t("clear"), "aria-label": t("clear"), onclick: () => (this.clear(), this.#ui.field.focus()) }, icon("new")),
    });
    ui.field.value = draft;
    ui.log.append(ui.intro);
    const close = launcher && h("button", { type: "button", class: "quiet", title: t("close"), "aria-label": t("close"), onclick: () => this.close() }, icon("close"));
    const submit = (event) => {
      event.preventDefault();
      if (this.#busy) return this.#stop.abort();
      const question = ui.field.value.trim();
      ui.field.focus();
      if (!question) return;
      ui.field.value = "";
      this.#quietly(question);
    };
    ui.panel = h(launcher ? "dialog" : "section", { id: "panel", class: "panel", part: "panel", "aria-label": heading },
      h("header", { part: "header" }, h("slot", { name: "header" }, h("h2", {}, heading)), ui.clear, close),
      ui.log,
      h("form", { part: "form", onsubmit: submit },
        this.hasAttribute("filters") && this.#filterFields(),
        h("div", { class: "line" }, ui.field, ui.send)),
      h("slot", { name: "footer" }),
      ui.live);
    const box = h("div", { class: "box" + (launcher ? " corner" : ""), lang: this.language, dir: this.language == "ar" ? "rtl" : "ltr" }, ui.panel);
    if (launcher) this.#launcher(box, heading);
    this.#root.replaceChildren(box);
    this.#asking(this.#turns.at(-1)?.state == "asking");
    ui.clear.hidden = !this.#turns.length;
    this.#turns.forEach((turn) => this.#show(turn));
    if (open && launcher) this.open();
  }

  #launcher(box, heading) {
    const { panel } = this.#ui;
    const button = h("button", { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog",
      onclick: () => (panel.open ? this.close() : this.open()) }, h("slot", { name: "launcher" }, icon("chat"), h("span", {}, heading)));
    this.#ui.launcher = button;
    panel.addEventListener("keydown", (event) => event.key == "Escape" && (event.preventDefault(), this.close()));
    panel.addEventListener("close", () => {
      button.setAttribute("aria-expanded", "false");
      button.focus();
    });
    box.append(h("section", { "aria-label": heading }, button));
  }

  #typed(event) {
    if (event.key != "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#busy) event.target.form.requestSubmit();
  }

  #filterFields() {
    const { t } = this;
    const option = (value, words) => h("option", { value, selected: value && value == this.getAttribute("organ") }, words);
    const year = (name, label) => h("label", {}, t(label), h("input", { type: "number", min: "1945", max: "2100", inputmode: "numeric", name, value: this.getAttribute(name) }));
    return h("details", { class: "filters", part: "filters" }, h("summary", { part: "summary" }, t("filter")),
      h("div", {}, h("label", {}, t("organ"), h("select", { name: "organ" }, option("", t("any")), ORGANS.map((name) => option(name, t(name))))),
        year("year-from", "from"), year("year-to", "to")));
  }

  #filters() {
    const value = (name) => this.#root.querySelector(`[name=${name}]`)?.value ?? this.getAttribute(name);
    const filters = {};
    if (value("organ")) filters.organ = [value("organ")];
    if (value("year-from")) filters.year_from = Number(value("year-from"));
    if (value("year-to")) filters.year_to = Number(value("year-to"));
    return filters;
  }
}

if (!customElements.get("resolution-chat")) customElements.define("resolution-chat", ResolutionChat);
