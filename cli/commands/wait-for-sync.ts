import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { loadSyncProgress } from "#app/server/usecases/sync/load-sync-progress.server.ts";
import { CliError, type Command } from "../command.ts";
import { requireInstalledShop } from "../find-shop.ts";
import { createSyncDisplay } from "../show-sync.ts";

const POLL_MS = 300;

export const waitForSyncCommand: Command = {
  usage: `demo wait --shop DOMAIN [--minutes 30]
  Shows the first sync and ends when the models are computed and the recommendations have reached the store.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { shop: { type: "string" }, minutes: { type: "string", default: "30" } } });
    const deadlineMs = Date.now() + Number(values.minutes) * 60_000;
    const display = createSyncDisplay(process.stderr);
    try {
      while (Date.now() < deadlineMs) {
        const shop = await requireInstalledShop(values.shop);
        const progress = await loadSyncProgress(shop, systemClock);
        display.show(progress);
        if (progress.state === "failed") throw new CliError(`the first sync failed: ${progress.resources.map((one) => one.error).filter(Boolean).join("; ")}`);
        if (progress.firstSyncedAtMs !== null && (await isQuiet(shop))) return 0;
        await wait(POLL_MS);
      }
    } finally {
      display.stop();
    }
    throw new CliError(`the first sync did not end within ${values.minutes} minutes`);
  },
};

/** Nothing waits or runs any more: what the sync set off is done. */
async function isQuiet(shop: Shop): Promise<boolean> {
  const queue = getQueue();
  const dead = await queue.list(shop.id, ["dead"], 5);
  if (dead.length > 0) throw new CliError(`a job failed: ${dead.map((job) => `${job.kind}: ${job.error}`).join("; ")}`);
  return (await queue.list(shop.id, ["waiting", "active"], 1)).length === 0;
}
