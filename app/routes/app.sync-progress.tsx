import type { LoaderFunctionArgs } from "@remix-run/node";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { loadSyncProgress } from "#app/server/usecases/sync/load-sync-progress.server.ts";

/** Asked every two seconds by the home page while a sync is under way: only the progress, nothing else of the page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return loadSyncProgress(shop, systemClock);
}
