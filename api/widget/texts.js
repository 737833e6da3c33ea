// The words of the interface, in the six official languages. The table is texts.json, one row a text and one column a
// language; the build turns it round, column by column, which compresses better. {x} is filled in.

import { columns, names } from "./texts.json";

const LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"];

export const ORGANS = names.slice(-4);

/** The best of the six for a list of language tags, most wanted first. */
export function choose(tags) {
  return tags.map((tag) => tag?.toLowerCase().split("-")[0]).find((tag) => LANGUAGES.includes(tag)) || "en";
}

/** A function from a text's name to the text. What is filled in is isolated, so that no direction leaks out of it. */
export function speak(language) {
  const column = columns[LANGUAGES.indexOf(language)].split("|");
  return (name, values) =>
    (column[names.indexOf(name)] || name).replace(/\{(\w)\}/g, (_, key) => "\u2068" + values[key] + "\u2069");
}
