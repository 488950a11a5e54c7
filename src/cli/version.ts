export { version } from "../core/generated/version.ts";
