import type { DiscountInput } from "#app/core/discounts.ts";
import {
  countCodes, findFirstCode, findTakenCodes, insertDiscountCodes, listCodesByStatus, listDiscountCodes, recordCodeOutcomes, replaceFailedCode,
} from "#app/server/store/discount-codes.server.ts";
import { averageOrderMinor, sumDiscountUsage } from "#app/server/store/discount-usage.server.ts";
import { changeDiscount, findDiscount, insertDiscount, listDiscounts, listLiveDiscounts } from "#app/server/store/discounts.server.ts";
import { countCommonMembers, listMembersById, listSegmentMembers, loadMemberColumns, sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { applyMemberDifference, compareSegmentMembers, recordSegmentFigures } from "#app/server/store/replace-segment-members.server.ts";
import { insertSegmentRevision, listSegmentRevisions, listSegmentSizes, recordSegmentSize, thinSegmentSizes } from "#app/server/store/segment-history.server.ts";
import { countTagWork, leaveSegment, listTagWork, markTagged, markUntagged } from "#app/server/store/segment-tags.server.ts";
import {
  changeSegment, findSegment, getSegment, hasSegmentTag, insertSegment, listArchivedSegments, listPublishedSegmentIds, listSegments, recordSegmentDelivery, recordSegmentPublished, recordShopifySegment,
} from "#app/server/store/segments.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const discount = (segmentId: string): DiscountInput => ({
  title: "t", segmentId, value: { kind: "percentage", percent: 5 }, codeMode: "shared", code: "NEWCODE", startsAtMs: NOW_MS, endsAtMs: null, usageLimit: null, oncePerCustomer: true,
  minimumMinor: null, combinesWith: [],
});
const outcome = { code: "SAME", status: "imported", error: null, creationId: null } as const;

export const calls: Record<string, ScopeCall> = {
  insertDiscount: (shopId, of) => insertDiscount(shopId, "new-discount", discount(of.segmentId), 1, NOW_MS),
  findDiscount: (shopId, of) => findDiscount(shopId, of.discountId),
  listDiscounts: (shopId) => listDiscounts(shopId, 50),
  listLiveDiscounts: (shopId) => listLiveDiscounts(shopId, NOW_MS),
  changeDiscount: (shopId, of) => changeDiscount(shopId, of.discountId, ["active"], { status: "undone", undoneAtMs: NOW_MS }, NOW_MS),
  insertDiscountCodes: (shopId, of) => insertDiscountCodes(shopId, of.discountId, [{ code: "SAVE9", customerId: 1 }]),
  findTakenCodes: (shopId) => findTakenCodes(shopId, ["SAVE1", "SAVE2", "SAME"]),
  listCodesByStatus: (shopId, of) => listCodesByStatus(shopId, of.discountId, "imported", 50),
  recordCodeOutcomes: (shopId, of) => recordCodeOutcomes(shopId, of.discountId, [outcome]),
  replaceFailedCode: (shopId, of) => replaceFailedCode(shopId, of.discountId, "SAME", { code: "BETTER", customerId: 2 }),
  countCodes: (shopId, of) => countCodes(shopId, of.discountId),
  listDiscountCodes: (shopId, of) => listDiscountCodes(shopId, of.discountId, 50),
  findFirstCode: (shopId, of) => findFirstCode(shopId, of.discountId),
  sumDiscountUsage: (shopId, of) => [sumDiscountUsage(shopId, null), sumDiscountUsage(shopId, of.discountId)],
  averageOrderMinor: (shopId) => averageOrderMinor(shopId),
  insertSegment: (shopId) => insertSegment(shopId, { id: "new-segment", name: "Best of-shop-2", query: "number_of_orders >= 1", owner: null }, NOW_MS),
  findSegment: (shopId, of) => findSegment(shopId, of.segmentId),
  getSegment: (shopId, of) => getSegment(shopId, of.segmentId).catch(() => null),
  changeSegment: (shopId, of) => changeSegment(shopId, of.segmentId, { name: "Changed", owner: "me", archivedAtMs: NOW_MS }, NOW_MS),
  listArchivedSegments: (shopId) => listArchivedSegments(shopId),
  listSegments: (shopId) => listSegments(shopId),
  listPublishedSegmentIds: (shopId) => listPublishedSegmentIds(shopId),
  recordSegmentDelivery: (shopId, of) => recordSegmentDelivery(shopId, of.segmentId, { delivery: "native", nativeQuery: "q", tag: null }, NOW_MS),
  recordShopifySegment: (shopId, of) => recordShopifySegment(shopId, of.segmentId, 9, NOW_MS),
  recordSegmentPublished: (shopId, of) => recordSegmentPublished(shopId, of.segmentId, NOW_MS),
  hasSegmentTag: (shopId, of) => hasSegmentTag(shopId, `tag-${of.segmentId}`, "none"),
  compareSegmentMembers: async (shopId, of) => [await compareSegmentMembers(shopId, of.segmentId, Float64Array.of(2)), await compareSegmentMembers(shopId, of.segmentId, Float64Array.of(2), Float64Array.of(1, 2))],
  applyMemberDifference: (shopId, of) => applyMemberDifference(shopId, of.segmentId, { joined: Float64Array.of(2), left: Float64Array.of(1) }, NOW_MS),
  recordSegmentFigures: (shopId, of) => recordSegmentFigures(shopId, of.segmentId, { memberCount: 5, valueMinor: 7, undecidedCount: 1 }, NOW_MS),
  recordSegmentSize: (shopId, of) => recordSegmentSize(shopId, of.segmentId, { atMs: NOW_MS, memberCount: 9, valueMinor: 9, joined: 9, left: 9, reason: "asked" }),
  listSegmentSizes: (shopId, of) => listSegmentSizes(shopId, of.segmentId, 0, NOW_MS),
  thinSegmentSizes: (shopId) => thinSegmentSizes(shopId, NOW_MS),
  insertSegmentRevision: (shopId, of) => insertSegmentRevision(shopId, of.segmentId, { number: 9, parent: 1, name: "n", query: "q", actor: "a", atMs: NOW_MS }),
  listSegmentRevisions: (shopId, of) => listSegmentRevisions(shopId, of.segmentId),
  sumCustomerValue: (shopId) => sumCustomerValue(shopId),
  listSegmentMembers: (shopId, of) => listSegmentMembers(shopId, of.segmentId, { after: null, limit: 50 }),
  listMembersById: (shopId, of) => listMembersById(shopId, of.segmentId, 0, 50),
  loadMemberColumns: (shopId, of) => loadMemberColumns(shopId, of.segmentId),
  countCommonMembers: (shopId, of) => countCommonMembers(shopId, of.segmentId, of.otherSegmentId),
  countTagWork: (shopId, of) => [countTagWork(shopId, of.segmentId, "to-tag"), countTagWork(shopId, of.segmentId, "to-untag")],
  listTagWork: (shopId, of) => [listTagWork(shopId, of.segmentId, "to-tag", 0, 50), listTagWork(shopId, of.segmentId, "to-untag", 0, 50)],
  leaveSegment: (shopId, of) => leaveSegment(shopId, of.segmentId, NOW_MS),
  markTagged: (shopId, of) => markTagged(shopId, of.segmentId, 1, NOW_MS),
  markUntagged: (shopId, of) => markUntagged(shopId, of.segmentId, 2),
};
