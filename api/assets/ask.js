// Asks without loading the page again. Without this script the form still works: the server renders the answer.
"use strict";
const form = document.getElementById("ask");
const place = document.getElementById("answer");

function element(name, text, attributes) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  return made;
}

// Offsets count code points; JavaScript's strings count UTF-16 units.
function quotation(citation) {
  const points = Array.from(citation.text);
  const paragraph = element("p");
  const [start, end] = citation.highlight || [0, 0];
  paragraph.append(points.slice(0, start).join(""));
  if (end > start) paragraph.append(element("mark", points.slice(start, end).join("")));
  paragraph.append(points.slice(end).join(""));
  return paragraph;
}

function figure(citation) {
  const made = element("figure");
  const quote = element("blockquote");
  quote.append(quotation(citation));
  const caption = element("figcaption");
  const link = citation.url.startsWith("https://") ? citation.url : "";
  caption.append(element("a", citation.citation, { href: link, rel: "noopener" }), " " + citation.title);
  made.append(quote, caption);
  return made;
}

function show(answer) {
  if (answer.status === "answered") return answer.citations.map(figure);
  const note = element("p", "The resolutions held here do not answer this: " + (answer.reason || ""), { class: "note" });
  return [note, ...answer.nearest.map(figure)];
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  place.replaceChildren(element("p", "Searching…"));
  try {
    const response = await fetch("/v1/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: form.elements.q.value }),
    });
    const body = await response.json();
    if (!response.ok) throw new Error(body.title + ": " + body.detail + " " + body.mend);
    place.replaceChildren(...show(body));
  } catch (error) {
    place.replaceChildren(element("p", String(error.message || error), { class: "note", role: "alert" }));
  }
});
