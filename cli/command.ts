export interface Command {
  /** Shown by --help: one line of usage, then the options. */
  readonly usage: string;
  /** Answers the exit code. */
  run(args: string[]): Promise<number>;
}

/** What the caller did wrong, in words for the terminal; no stack is shown. */
export class CliError extends Error {}
