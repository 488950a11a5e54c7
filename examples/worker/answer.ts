import type { Action } from "generative-agent";

/** Longest body that is read, in bytes: three numbers need a tenth of it. */
const LONGEST = 1024;
/** Coordinates of an observation: cos θ, sin θ, ω. */
const SIZE = 3;
const GREATEST = 1e6;

/** An action for an observation. */
export type Policy = (observation: readonly number[]) => Promise<Action>;

/** A request that is not as it has to be: the answer's status, and a sentence that says what was expected. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Answers `POST path {"observation": [...]}` by the policy of the path; anything else with a 4xx and a sentence. */
export async function answer(
  request: Request,
  policies: Readonly<Record<string, Policy>>,
): Promise<Response> {
  try {
    const policy = policyOf(request, policies);
    const action = await policy(observationIn(await bodyOf(request)));
    return Response.json({ action: typeof action === "number" ? action : Array.from(action) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const headers = error.status === 405 ? { allow: "POST" } : undefined;
    return Response.json({ error: error.message }, { status: error.status, ...(headers && { headers }) });
  }
}

function policyOf({ url, method }: Request, policies: Readonly<Record<string, Policy>>): Policy {
  const { pathname } = new URL(url);
  if (!Object.hasOwn(policies, pathname))
    throw new Refusal(404, `path: expected one of ${Object.keys(policies).join(", ")}, got ${pathname}`);
  if (method !== "POST") throw new Refusal(405, `method: expected POST, got ${method}`);
  return policies[pathname];
}

/** The body, read no further than it may be long, whatever its header promises. */
async function bodyOf({ body }: Request): Promise<string> {
  if (body === null) throw new Refusal(400, "body: expected JSON, got nothing");
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > LONGEST) {
      await reader.cancel();
      throw new Refusal(413, `body: expected at most ${LONGEST} bytes, got more`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function observationIn(text: string): readonly number[] {
  const observation = parse(text)?.observation;
  if (!Array.isArray(observation) || observation.length !== SIZE)
    throw new Refusal(422, `observation: expected an array of ${SIZE} numbers`);
  observation.forEach((value, d) => {
    // JSON has no infinities, but 1e999 is one
    if (typeof value !== "number" || !(Math.abs(value) <= GREATEST))
      throw new Refusal(422, `observation[${d}]: expected a number within ±${GREATEST}`);
  });
  return observation;
}

function parse(text: string): { readonly observation?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "body: expected JSON, got something else");
  }
}
