export type { Socket, SocketMaker } from "./adapters/gymnasium/connection.ts";
export {
  type GymnasiumOptions,
  gymnasiumEnvironments,
  type RemoteEnvironments,
} from "./adapters/gymnasium/environment.ts";
