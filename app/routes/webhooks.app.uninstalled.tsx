import type { ActionFunctionArgs } from "@remix-run/node";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { uninstallShop } from "#app/server/usecases/shop/uninstall-shop.server.ts";
import { verifyUninstall } from "#webhooks/topics/app-uninstalled.server.ts";

export const loader = () => emptyResponse(405);

export async function action({ request }: ActionFunctionArgs) {
  const uninstall = await verifyUninstall(request);
  if (!uninstall.ok) return emptyResponse(uninstall.error);
  await uninstallShop(uninstall.value.shopDomain, uninstall.value.triggeredAtMs, systemClock);
  return emptyResponse(200);
}
