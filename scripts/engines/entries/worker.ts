/** The scenario for workerd, as the answer to a request. */
import { scenario } from "../scenario.ts";

interface Request extends Event {
  respondWith(response: Promise<Response>): void;
}

addEventListener("fetch", (event) =>
  (event as Request).respondWith(
    scenario().then(
      (hash) => new Response(hash),
      (error) => new Response(`error: ${error}`),
    ),
  ),
);
