import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import { forgetChangedBefore, listChangedCustomers, listChangedSince, markCustomersChanged, markCustomersFollowed } from "#app/server/store/changed-customers.server.ts";
import {
  countDeliveries, findNextDelivery, forgetDelivery, listOverdueTargets, listRefusedEvents, listWaitingDeliveries, recordDeliveryRefused, recordDeliverySent, reviveDeliveries,
} from "#app/server/store/event-deliveries.server.ts";
import { deleteEventEndpoint, findEventEndpoint, insertEventEndpoint, listEventEndpoints, switchEventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import { loadExtraColumns, loadSliceColumns } from "#app/server/store/load-extra-columns.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { readCampaignEvents } from "#app/server/store/read-campaign-events.server.ts";
import { readClusterColumn } from "#app/server/store/read-cluster-column.server.ts";
import { readCustomerColumns } from "#app/server/store/read-customer-columns.server.ts";
import { readOrderColumns } from "#app/server/store/read-order-columns.server.ts";
import { readPredictionColumns } from "#app/server/store/read-prediction-columns.server.ts";
import { readProductColumns } from "#app/server/store/read-product-columns.server.ts";
import { loadClauseState, patchClauseState, saveClauseState } from "#app/server/store/segment-clause-bits.server.ts";
import { countSegmentFlips, deleteOldSegmentEvents, findSegmentEvent, insertSegmentEvents, listSegmentEvents } from "#app/server/store/segment-events.server.ts";
import { scanPacked } from "#app/server/store/scan-packed.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const load = (shopId: Parameters<ScopeCall>[0]) => loadSnapshot(shopId, { asOfMs: NOW_MS, currency: "USD", timeZone: "UTC" });
/** Reads the columns that are worked out when asked for. */
const settled = (extra: ExtraColumns) => ({ ...extra, numbers: { ...extra.numbers }, texts: { ...extra.texts }, lists: { ...extra.lists } });

export const calls: Record<string, ScopeCall> = {
  loadExtraColumns: async (shopId) => settled(await loadExtraColumns(shopId, await load(shopId))),
  readCampaignEvents: async (shopId) => readCampaignEvents(shopId, await load(shopId)),
  readClusterColumn: async (shopId) => ({ ...(await readClusterColumn(shopId, await load(shopId))) }),
  readCustomerColumns: async (shopId) => readCustomerColumns(shopId, await load(shopId)),
  readOrderColumns: async (shopId) => readOrderColumns(shopId, await load(shopId)),
  readPredictionColumns: async (shopId) => readPredictionColumns(shopId, await load(shopId)),
  readProductColumns: async (shopId) => readProductColumns(shopId, await load(shopId)),
  loadSliceColumns: async (shopId) => loadSliceColumns(shopId, await load(shopId)),
  loadClauseState: (shopId, of) => [1, 2].map((customerId) => loadClauseState(shopId).held(`of-shop-${of.shopId}`, customerId)),
  saveClauseState: (shopId) => saveClauseState(shopId, Float64Array.of(1), [["clause", Uint32Array.of(1)]], NOW_MS),
  patchClauseState: (shopId, of) => patchClauseState(shopId, [[`of-shop-${of.shopId}`, new Map([[2, true], [1, false]])]]),
  markCustomersChanged: (shopId) => markCustomersChanged(shopId, [1, 2], 1, NOW_MS),
  listChangedCustomers: (shopId) => listChangedCustomers(shopId, 50),
  markCustomersFollowed: (shopId, of) => markCustomersFollowed(shopId, [{ customerId: 1, what: of.shopId, atMs: NOW_MS }], NOW_MS),
  listChangedSince: (shopId) => [...listChangedSince(shopId, 0)],
  forgetChangedBefore: (shopId) => forgetChangedBefore(shopId, NOW_MS),
  insertSegmentEvents: (shopId, of) => insertSegmentEvents(shopId, [{ segmentId: of.segmentId, customerId: 1, atMs: NOW_MS, kind: "left", reason: "change", flipped: [] }], []),
  listSegmentEvents: (shopId, of) => listSegmentEvents(shopId, of.segmentId, { fromMs: 0, toMs: NOW_MS, beforeId: null, limit: 50 }),
  findSegmentEvent: (shopId, of) => findSegmentEvent(shopId, 10 * of.shopId + 1),
  countSegmentFlips: (shopId, of) => countSegmentFlips(shopId, of.segmentId, 0, NOW_MS),
  deleteOldSegmentEvents: (shopId) => deleteOldSegmentEvents(shopId, NOW_MS),
  insertEventEndpoint: (shopId) => insertEventEndpoint(shopId, { id: "new", url: "https://new.test", secret: "s", segmentIds: null, isOn: true, createdAtMs: NOW_MS }),
  listEventEndpoints: (shopId) => listEventEndpoints(shopId),
  findEventEndpoint: (shopId, of) => findEventEndpoint(shopId, `endpoint-${of.shopId}`),
  switchEventEndpoint: (shopId, of) => switchEventEndpoint(shopId, `endpoint-${of.shopId}`, false, NOW_MS),
  deleteEventEndpoint: (shopId, of) => deleteEventEndpoint(shopId, `endpoint-${of.shopId}`),
  listWaitingDeliveries: (shopId, of) => listWaitingDeliveries(shopId, `endpoint-${of.shopId}`, 0, 50, NOW_MS),
  findNextDelivery: (shopId, of) => findNextDelivery(shopId, `endpoint-${of.shopId}`),
  listOverdueTargets: (shopId) => listOverdueTargets(shopId, NOW_MS),
  listRefusedEvents: (shopId, of) => (recordDeliveryRefused(shopId, `delivery-${of.shopId}`, "HTTP 400", null), listRefusedEvents(shopId)),
  reviveDeliveries: (shopId, of) => (recordDeliveryRefused(shopId, `delivery-${of.shopId}`, "HTTP 400", null), reviveDeliveries(shopId, `endpoint-${of.shopId}`, NOW_MS)),
  recordDeliverySent: (shopId, of) => recordDeliverySent(shopId, `delivery-${of.shopId}`, NOW_MS),
  recordDeliveryRefused: (shopId, of) => recordDeliveryRefused(shopId, `delivery-${of.shopId}`, "HTTP 400", NOW_MS + 1),
  forgetDelivery: (shopId, of) => forgetDelivery(shopId, `delivery-${of.shopId}`),
  countDeliveries: (shopId, of) => countDeliveries(shopId, `endpoint-${of.shopId}`),
  scanPacked: async (shopId) => {
    const seen: unknown[] = [];
    await scanPacked(shopId, { columns: ["id", "city"], select: "SELECT id, city FROM Customer WHERE shopId = ? AND id > ? ORDER BY id" }, (id, row) => seen.push(id, row.word()));
    return seen;
  },
};
