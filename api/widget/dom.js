// Nodes, never HTML strings: what comes from a corpus or a question can only ever become text.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  ask: "M4 12h14M12 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  close: "M6 6l12 12M18 6L6 18",
  chat: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
  out: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
  copy: "M9 9h10v11H9zM5 15V4h10",
  around: "M5 6h14M5 10h14M5 14h14M5 18h8",
  like: "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM15 15l6 6M7 10h6M10 7v6",
  up: "M7 11v9H3v-9zM7 11l4-8a2 2 0 0 1 3 2l-1 4h6a2 2 0 0 1 2 2l-2 7a2 2 0 0 1-2 2H7",
  new: "M12 5v14M5 12h14",
};

/** An element. `on...` properties are listeners; null, false and undefined leave an attribute or child out. */
export function h(name, props, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) {
    if (value == null || value === false) continue;
    if (typeof value == "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

/** A line drawing, hidden from screen readers: the words beside it say what it means. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon " + name, "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** The address if it is one that a link may lead to; undefined for javascript:, data: and the like. */
export function safeUrl(text, base) {
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Runs small jobs in order, the first at once, and gives the thread back whenever they took a few milliseconds. */
export function queue() {
  const jobs = [];
  let running = false;
  const run = () => {
    const until = performance.now() + 5;
    while (jobs.length && performance.now() < until) jobs.shift()();
    running = jobs.length > 0;
    if (running) setTimeout(run);
  };
  return (job) => {
    jobs.push(job);
    if (!running) run();
  };
}
