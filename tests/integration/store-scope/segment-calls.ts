import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import { loadExtraColumns } from "#app/server/store/load-extra-columns.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { readCampaignEvents } from "#app/server/store/read-campaign-events.server.ts";
import { readCustomerColumns } from "#app/server/store/read-customer-columns.server.ts";
import { readOrderColumns } from "#app/server/store/read-order-columns.server.ts";
import { readPredictionColumns } from "#app/server/store/read-prediction-columns.server.ts";
import { readProductColumns } from "#app/server/store/read-product-columns.server.ts";
import { scanPacked } from "#app/server/store/scan-packed.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const load = (shopId: Parameters<ScopeCall>[0]) => loadSnapshot(shopId, { asOfMs: NOW_MS, currency: "USD", timeZone: "UTC" });
/** Reads the columns that are worked out when asked for. */
const settled = (extra: ExtraColumns) => ({ ...extra, numbers: { ...extra.numbers }, texts: { ...extra.texts }, lists: { ...extra.lists } });

export const calls: Record<string, ScopeCall> = {
  loadExtraColumns: async (shopId) => settled(await loadExtraColumns(shopId, await load(shopId))),
  readCampaignEvents: async (shopId) => readCampaignEvents(shopId, await load(shopId)),
  readCustomerColumns: async (shopId) => readCustomerColumns(shopId, await load(shopId)),
  readOrderColumns: async (shopId) => readOrderColumns(shopId, await load(shopId)),
  readPredictionColumns: async (shopId) => readPredictionColumns(shopId, await load(shopId)),
  readProductColumns: async (shopId) => readProductColumns(shopId, await load(shopId)),
  scanPacked: async (shopId) => {
    const seen: unknown[] = [];
    await scanPacked(shopId, { columns: ["id", "city"], select: "SELECT id, city FROM Customer WHERE shopId = ? AND id > ? ORDER BY id" }, (id, row) => seen.push(id, row.word()));
    return seen;
  },
};
