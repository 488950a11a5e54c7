/**
 * An agent at the edge: `POST /act` answers an observation of the pendulum with the action of a distilled habit,
 * `POST /plan` with the first action of a plan. A plan costs a fixed number of simulated steps, whatever the clock
 * says: deployed Workers stop it during a request.
 *
 *   curl -d '{"observation":[1,0,0.5]}' localhost:8787/act    {"action":[-1.2]}
 */
import { loadAgent, loadHabit } from "generative-agent";
import agentBytes from "./agent.bin";
import { answer } from "./answer.ts";
import habitBytes from "./habit.bin";

let habit: ReturnType<typeof loadHabit> | undefined;
let agent: ReturnType<typeof loadAgent> | undefined;

/** What every path does with an observation. */
const policies = {
  async "/act"(observation: readonly number[]) {
    habit ??= loadHabit(new Uint8Array(habitBytes));
    return (await habit).act(observation);
  },
  async "/plan"(observation: readonly number[]) {
    agent ??= loadAgent(new Uint8Array(agentBytes));
    const planner = await agent;
    planner.reset(); // requests know nothing of each other: every plan is the first of an episode
    return planner.act(observation);
  },
};

// biome-ignore lint/style/noDefaultExport: what Workers ask for
export default { fetch: (request: Request) => answer(request, policies) };
