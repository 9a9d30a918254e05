import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { reviveDeliveries } from "#app/server/store/event-deliveries.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { retryDeadJob } from "./retry-dead-job.server.ts";

const retry = z.object({ source: z.enum(["job", "webhook", "events"]), id: z.string().min(1) });

export interface RetryOptions extends ActionOptions {
  /** Reading a message again is the work of webhooks/, which stands above the use cases. */
  readonly retryWebhook: (inboxId: string) => Promise<Result<null, Failure>>;
}

/** One of the dead letters, task or message, is tried again because a person said so. */
export async function retryDeadLetter(shop: ShopRef, form: FormData, { retryWebhook, clock = systemClock, actor = "app" }: RetryOptions): Promise<Result<null, Failure>> {
  const asked = retry.safeParse(Object.fromEntries(form));
  if (!asked.success) return err({ kind: "not-found", what: "dead job", id: "" });
  const { source, id } = asked.data;
  const retried = source === "job" ? await retryDeadJob(shop, id) : source === "events" ? await retryEvents(shop, id, clock) : await retryWebhook(id);
  if (retried.ok) await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: `${source}.retry`, subject: `${source}/${id}`, detail: "{}" });
  // Its problems speak of the message's fields, which nobody here can change.
  else if (retried.error.kind === "invalid") return err({ kind: "conflict", what: "dead webhook", message: "it still cannot be read" });
  return retried;
}

/** All that one receiver refused. */
async function retryEvents(shop: ShopRef, target: string, clock: Clock): Promise<Result<null, Failure>> {
  if (reviveDeliveries(shop.id, target, clock.nowMs()) === 0) return err({ kind: "not-found", what: "refused events", id: target });
  await enqueueJob(shop.id, "deliver-events", { target });
  return ok(null);
}
