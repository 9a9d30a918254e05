import { z } from "zod";
import { parseGid } from "#app/core/ids.ts";
import type { TagChange } from "#app/core/webhook-payloads.ts";
import { instant } from "./fields.server.ts";

/** The tags that were added, or removed. */
export const incomingTags = z.object({ customerId: z.string(), tags: z.array(z.string()), occurredAt: instant });

export function toTagChange({ customerId, tags, occurredAt }: z.output<typeof incomingTags>): TagChange {
  return { customerId: parseGid("Customer", customerId), tags, atMs: occurredAt };
}
