import { alternateAls, type AlsWork } from "#app/engine/recommend/collaborative/als-work.ts";
import { countCores, runInThread } from "#app/server/platform/run-in-thread.server.ts";

/** Pairs times iterations below which a thread starts too late to be of use. */
const WORTH_A_THREAD = 1_000_000;

/** The factorisation on every core. Blocks this thread until it is done, as `invertOnCores` does; the numbers do not depend on who computed them. */
export function alternateOnCores(work: AlsWork): void {
  const [users] = work.sides;
  if (users.start[users.rows] * work.iterations >= WORTH_A_THREAD) for (let helper = 1; helper < countCores(); helper += 1) void help(work);
  alternateAls(work);
}

async function help(work: AlsWork): Promise<void> {
  const module = new URL("../../../engine/recommend/collaborative/als-work.ts", import.meta.url);
  try {
    await runInThread({ module, name: "alternateAls", argument: work }, () => undefined);
  } catch {
    // What it did not do was done here.
  }
}
