import { insertBlock, deleteProfileVersions, findLatestProfileVersion, listProfileVersions, readShopFigures, saveProfileVersion } from "#app/server/store/profile-versions.server.ts";
import type { ProfileBlock } from "#app/server/store/profile-block.server.ts";
import { encodeBlock } from "#app/server/store/profile-block.server.ts";
import { loadProfileExtras } from "#app/server/store/profile-extras.server.ts";
import { findProfileRow, readProfileBlocks, redactProfiles, replaceProfileRows } from "#app/server/store/profile-rows.server.ts";
import { loadCustomersSnapshot } from "#app/server/store/profile-snapshot.server.ts";
import { changeCustomerTag } from "#app/server/store/profile-tags.server.ts";
import { findCustomerOfOrder, forgetTouchedBefore, forgetTouchedProfiles, listTouchedProfiles, touchProfiles } from "#app/server/store/profile-touches.server.ts";
import { NOW_MS, type ScopeCall, type ShopWorld } from "./two-shops.ts";

const block: ProfileBlock = { ids: Float64Array.of(2, 4), columns: [{ name: "ordersCount", store: "u32", width: 1, texts: null, values: Uint32Array.of(77, 78) }] };
const version = { id: "new-version", asOfMs: NOW_MS, createdAtMs: NOW_MS, version: 1, fingerprint: "f", seconds: 1, shopFigures: Buffer.from("figures") };
const versionOf = (of: ShopWorld) => `${of.runId}-profiles`;

export const calls: Record<string, ScopeCall> = {
  saveProfileVersion: (shopId) => saveProfileVersion(shopId, version, [block]),
  insertBlock: (shopId) => insertBlock(shopId, "new-version", block, encodeBlock(block)),
  listProfileVersions: (shopId) => listProfileVersions(shopId),
  findLatestProfileVersion: (shopId) => findLatestProfileVersion(shopId),
  readShopFigures: (shopId, of) => readShopFigures(shopId, versionOf(of)),
  deleteProfileVersions: (shopId, of) => deleteProfileVersions(shopId, [versionOf(of)]),
  findProfileRow: (shopId, of) => [1, 2, 4].map((id) => findProfileRow(shopId, versionOf(of), id)),
  readProfileBlocks: (shopId, of) => [...readProfileBlocks(shopId, versionOf(of))],
  replaceProfileRows: (shopId, of) => replaceProfileRows(shopId, versionOf(of), block, NOW_MS),
  redactProfiles: (shopId) => [1, 4].map((id) => redactProfiles(shopId, id)),
  loadCustomersSnapshot: (shopId) => loadCustomersSnapshot(shopId, { asOfMs: NOW_MS, currency: "USD", timeZone: "UTC" }, [1, 2, 4]),
  loadProfileExtras: (shopId) => loadProfileExtras(shopId, Float64Array.of(1, 2, 4)),
  changeCustomerTag: (shopId) => [changeCustomerTag(shopId, 1, "vip", true), changeCustomerTag(shopId, 4, "vip", true), changeCustomerTag(shopId, 1, "VIP", false)],
  touchProfiles: (shopId) => touchProfiles(shopId, [1, 4], NOW_MS),
  listTouchedProfiles: (shopId) => listTouchedProfiles(shopId, 50),
  forgetTouchedProfiles: (shopId) => forgetTouchedProfiles(shopId, [{ customerId: 1, touchedAtMs: NOW_MS }]),
  forgetTouchedBefore: (shopId) => forgetTouchedBefore(shopId, NOW_MS),
  findCustomerOfOrder: (shopId) => [100, 104].map((id) => findCustomerOfOrder(shopId, id)),
};
