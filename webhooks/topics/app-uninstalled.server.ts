import type { ShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { verifyWebhook, type Refusal } from "../verify-webhook.server.ts";
import { getWebhookSecrets } from "../webhook-secrets.server.ts";

/** All that app/uninstalled has to say; its payload, the shop's own address book entry, is not read. */
export interface Uninstall {
  readonly shopDomain: ShopDomain;
  readonly triggeredAtMs: number | null;
}

export const UNINSTALLED_TOPIC = "app/uninstalled";

/** Proves an uninstall without a session: the library's own check would try to refresh a token that is void by now. */
export async function verifyUninstall(request: Request): Promise<Result<Uninstall, Refusal | 404>> {
  const verified = await verifyWebhook(request, getWebhookSecrets());
  if (!verified.ok) return verified;
  const { topic, shopDomain, triggeredAtMs } = verified.value;
  return topic === UNINSTALLED_TOPIC ? ok({ shopDomain, triggeredAtMs }) : err(404);
}
