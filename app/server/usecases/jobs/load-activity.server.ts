import type { ActivityView, TaskView } from "#app/core/activity-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue, type QueuedJob } from "#app/server/platform/queue.server.ts";
import { readPage } from "../page-of.server.ts";
import { listDeadLetters } from "./list-dead-letters.server.ts";

export const ROWS_A_PAGE = 20;

/** `?tasks=2&dead=3`: each list has its own pages. Running tasks stand before waiting ones. */
export async function loadActivity(shop: ShopRef, params: URLSearchParams): Promise<ActivityView> {
  const queue = getQueue();
  const [running, waiting] = await Promise.all([queue.count(shop.id, ["active"]), queue.count(shop.id, ["waiting"])]);
  const tasks = await readPage(params.get("tasks"), ROWS_A_PAGE, running + waiting, async (offset, limit) => {
    const [first, rest] = await Promise.all([queue.list(shop.id, ["active"], offset + limit), queue.list(shop.id, ["waiting"], offset + limit)]);
    return [...first.map((job) => toTask(job, "active")), ...rest.map((job) => toTask(job, "waiting"))].slice(offset, offset + limit);
  });
  return { tasks, dead: await listDeadLetters(shop, params.get("dead"), ROWS_A_PAGE) };
}

function toTask({ id, kind, attempts, maxAttempts, progress, error, runAfterMs, updatedAtMs }: QueuedJob, status: TaskView["status"]): TaskView {
  return { id, kind, status, attempts, maxAttempts, progress, error, runAfterMs, updatedAtMs };
}
