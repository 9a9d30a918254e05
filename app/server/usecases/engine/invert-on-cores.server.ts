import { sweepInverse, type InverseWork } from "#app/engine/math/dense/sweep-inverse.ts";
import { countCores, runInThread } from "#app/server/platform/run-in-thread.server.ts";

/** Rows below which a thread starts too late to be of use. */
const WORTH_A_THREAD = 1_200;

/**
 * The sweep on every core. Blocks this thread until it is done: for jobs and commands, not for the web process. A helping thread that never
 * comes is not waited for; the numbers do not depend on who computed them.
 */
export function invertOnCores(work: InverseWork): void {
  if (work.n >= WORTH_A_THREAD) for (let helper = 1; helper < countCores(); helper += 1) void help(work);
  sweepInverse(work);
}

async function help(work: InverseWork): Promise<void> {
  const module = new URL("../../../engine/math/dense/sweep-inverse.ts", import.meta.url);
  try {
    await runInThread({ module, name: "sweepInverse", argument: work }, () => undefined);
  } catch {
    // What it did not do was done here.
  }
}
