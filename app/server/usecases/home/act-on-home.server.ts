import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { ok, err, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { restartSync } from "../sync/restart-sync.server.ts";
import { dismissGuide } from "./dismiss-guide.server.ts";

const homeAction = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("dismiss-guide") }),
  z.object({ intent: z.literal("restart-sync") }),
]);

/** The small things a merchant can do on the home page. */
export async function actOnHome(shop: ShopRef, form: FormData, clock: Clock): Promise<Result<null, Failure>> {
  const asked = homeAction.safeParse(Object.fromEntries(form));
  if (!asked.success) return err({ kind: "invalid", problems: [{ field: "intent", message: "is not known" }] });
  switch (asked.data.intent) {
    case "dismiss-guide":
      await dismissGuide(shop, clock.nowMs());
      return ok(null);
    case "restart-sync":
      await restartSync(shop.id, clock);
      return ok(null);
  }
}
