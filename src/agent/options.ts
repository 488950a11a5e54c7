/** placeholder: being written */
export interface AgentOptions {
  readonly seed?: number;
}
/** Settings that suit a built-in environment, by its task name. */
export declare function recommendedOptions(task: string): AgentOptions;
