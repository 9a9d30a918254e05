import { deleteCheckout, deleteOldCheckouts, findCustomerOfCheckout, readAbandonedCheckouts, writeCheckout } from "#app/server/store/checkouts.server.ts";
import { listCustomerFields, readCustomerFields, saveCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { deleteOtherMetafields, listCustomerMetafields, writeCustomerMetafields } from "#app/server/store/customer-metafields.server.ts";
import { countIdRange, findIdRange, findMiddleId, listIdsAlive } from "#app/server/store/id-ranges.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { areSegmentTags, changeCustomerTags } from "#app/server/store/profile-tags.server.ts";
import { readOrderSources } from "#app/server/store/read-order-sources.server.ts";
import { forgetStaleCustomers, listStaleCustomers, markCustomersStale } from "#app/server/store/stale-customers.server.ts";
import { NOW_MS, type ScopeCall, type ShopWorld } from "./two-shops.ts";

const FIELD = "metafields.facts.birth_date";
const field = { name: FIELD, title: "Birth date", kind: "text" } as const;
const read = { asOfMs: NOW_MS, currency: "USD", timeZone: "UTC" };

export const calls: Record<string, ScopeCall> = {
  writeCheckout: (shopId) => writeCheckout(shopId, { id: 40, customerId: 1, createdAtMs: NOW_MS, updatedAtMs: NOW_MS, completedAtMs: null }),
  deleteCheckout: (shopId) => [40, 43].map((id) => deleteCheckout(shopId, id, NOW_MS)),
  findCustomerOfCheckout: (shopId) => [40, 43].map((id) => findCustomerOfCheckout(shopId, id)),
  deleteOldCheckouts: (shopId) => deleteOldCheckouts(shopId, NOW_MS),
  readAbandonedCheckouts: async (shopId) => {
    const snapshot = await loadSnapshot(shopId, read);
    return [readAbandonedCheckouts(shopId, snapshot), readAbandonedCheckouts(shopId, snapshot, true)];
  },
  readOrderSources: async (shopId) => {
    const snapshot = await loadSnapshot(shopId, read);
    return [false, true].map((isSlice) => ({ ...readOrderSources(shopId, snapshot, isSlice) }));
  },
  writeCustomerMetafields: (shopId) => writeCustomerMetafields(shopId, FIELD, [{ customerId: 1, value: "05-17" }, { customerId: 2, value: null }, { customerId: 4, value: "01-01" }]),
  deleteOtherMetafields: (shopId) => deleteOtherMetafields(shopId, []),
  listCustomerMetafields: (shopId) => [[...listCustomerMetafields(shopId, FIELD, null)], [...listCustomerMetafields(shopId, FIELD, Float64Array.of(1))]],
  listCustomerFields: (shopId) => (saveCustomerFields(shopId, [field]), listCustomerFields(shopId)),
  saveCustomerFields: (shopId) => saveCustomerFields(shopId, [field]),
  readCustomerFields: async (shopId) => {
    const snapshot = await loadSnapshot(shopId, read);
    saveCustomerFields(shopId, [field]);
    return [readCustomerFields(shopId, snapshot), readCustomerFields(shopId, snapshot, true)];
  },
  findIdRange: (shopId) => (["products", "customers", "orders"] as const).map((resource) => findIdRange(shopId, resource, 0, NOW_MS)),
  countIdRange: (shopId) => countIdRange(shopId, "customers", { from: 1, to: 99 }),
  findMiddleId: (shopId) => findMiddleId(shopId, "orders", { from: 100, to: 199 }, 3),
  listIdsAlive: (shopId) => listIdsAlive(shopId, "products", { from: 1, to: 99 }),
  markCustomersStale: (shopId) => markCustomersStale(shopId, [1, 2], NOW_MS),
  listStaleCustomers: (shopId) => listStaleCustomers(shopId, 50),
  forgetStaleCustomers: (shopId) => forgetStaleCustomers(shopId, [{ customerId: 1, atMs: NOW_MS }, { customerId: 2, atMs: NOW_MS }]),
  changeCustomerTags: (shopId) => changeCustomerTags(shopId, 1, ["vip", "of-shop-1", "of-shop-2"], true),
  areSegmentTags: (shopId, of: ShopWorld) => areSegmentTags(shopId, [`tag-${of.segmentId}`]),
};
