// Talking to the service: the answer's stream, and plain look-ups. Nothing is sent but the question, no cookie either.

const SILENCE = 20000; // the service gives a sign of life every second

/** Why there is no answer. `kind` picks the words; `problem` is the service's own problem document, where it sent one. */
export class Failure extends Error {
  constructor(kind, problem, seconds) {
    super(problem?.detail || kind);
    this.kind = kind;
    this.problem = problem;
    this.seconds = seconds;
  }
}

const options = (more) => ({ credentials: "omit", referrerPolicy: "no-referrer", ...more });

async function refusal(response) {
  let problem;
  try {
    problem = await response.json();
  } catch {
    // an intermediary's page, not the service's problem document
    problem = { detail: `The service answered ${response.status}.` };
  }
  const seconds = Number(response.headers.get("Retry-After") || problem?.retry_after) || 0;
  if ((response.status == 429 || response.status == 503) && seconds) return new Failure("limited", problem, seconds);
  return new Failure("failed", problem);
}

// A browser tells a script nothing of why a request failed. The widget's own file may be read by every site, the
// service's state only by those that it allows: so the two together tell "not allowed" from "nobody is there".
async function unreachable(api) {
  if (navigator.onLine === false) return new Failure("offline");
  const reach = (path) => fetch(api + path, options({ cache: "no-store" })).then((found) => found.ok, () => false);
  return new Failure(!(await reach("/health/live")) && (await reach("/widget.js")) ? "refused" : "gone");
}

async function call(api, path, request) {
  let response;
  try {
    response = await fetch(api + path, options(request));
  } catch (error) {
    throw request.signal?.aborted ? new Failure("stopped") : await unreachable(api);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

const post = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** JSON from a route, with GET, or with POST where there is a body. */
export async function look(api, path, body) {
  return (await call(api, path, body ? post(body) : {})).json();
}

/** The events of one answer, as [name, content]; ends after "done".
 *  Throws Failure: refused, cut off, silent for too long, or stopped by `stop`. */
export async function* ask(api, body, stop) {
  const abort = new AbortController();
  const silent = () => abort.abort();
  let watch = setTimeout(silent, SILENCE);
  stop.addEventListener("abort", silent);
  if (stop.aborted) silent();
  try {
    const response = await call(api, "/v1/ask/stream", { ...post(body), signal: abort.signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) throw new Failure("cut");
      clearTimeout(watch);
      watch = setTimeout(silent, SILENCE);
      const blocks = (text + value).replace(/\r\n/g, "\n").split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const event = parse(block);
        if (event?.[0] == "error") throw failed(event[1]);
        if (event) yield event;
        if (event?.[0] == "done") return;
      }
    }
  } catch (error) {
    if (stop.aborted) throw new Failure("stopped");
    if (error instanceof Failure && error.kind != "stopped") throw error;
    throw new Failure(navigator.onLine === false ? "offline" : "cut");
  } finally {
    clearTimeout(watch);
    abort.abort();
  }
}

function failed(problem) {
  return problem.retry_after ? new Failure("limited", problem, problem.retry_after) : new Failure("failed", problem);
}

function parse(block) {
  const fields = {};
  for (const line of block.split("\n")) {
    const [, name, value] = /^(event|data): ?(.*)$/.exec(line) || [];
    if (name) fields[name] = name in fields ? fields[name] + "\n" + value : value;
  }
  return fields.data && [fields.event, JSON.parse(fields.data)];
}
