/** The part of the optional peer that is used. */
declare module "@mujoco/mujoco" {
  const load: (options?: object) => Promise<import("./engine.ts").MujocoModule>;
  export = load;
}
