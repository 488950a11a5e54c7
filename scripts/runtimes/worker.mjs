// The same program as a Worker: it answers any request with the result.
import { run } from "./program.mjs";

// biome-ignore lint/style/noDefaultExport: what workerd asks for
export default {
  async fetch() {
    try {
      return Response.json(await run());
    } catch (error) {
      return Response.json({ error: String(error) });
    }
  },
};
