/** What a segment says of its members: a closed union, kept as JSON in Segment.definition and parsed wherever it is read. */
import { z } from "zod";
import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";

const score = z.number().int().min(1).max(5);

/** One cell of the grid: recency by frequency, or recency by the mean of frequency and monetary (Shopify's axes). */
const rfmCell = z.union([z.strictObject({ r: score, f: score }), z.strictObject({ r: score, fm: score }), z.strictObject({ r: score })]);
export type RfmCell = z.infer<typeof rfmCell>;

const distinct = <T>(values: readonly T[]) => new Set(values.map((value) => JSON.stringify(value))).size === values.length;
const once = { message: "named twice" };

export const segmentDefinition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-buyers") }),
  /** Customers without an order. */
  z.strictObject({ kind: z.literal("prospects") }),
  z.strictObject({ kind: z.literal("rfm-cells"), cells: z.array(rfmCell).min(1).max(25).refine(distinct, once) }),
  z.strictObject({ kind: z.literal("shopify-group"), groups: z.array(z.enum(shopifyGroups)).min(1).max(shopifyGroups.length).refine(distinct, once) }),
  z.strictObject({ kind: z.literal("classic-group"), groups: z.array(z.enum(classicGroups)).min(1).max(classicGroups.length).refine(distinct, once) }),
  /** Number of counting orders, both ends included; max null = no upper end. */
  z
    .strictObject({ kind: z.literal("order-count"), min: z.number().int().min(1).max(1_000_000), max: z.number().int().min(1).max(1_000_000).nullable() })
    .refine((value) => value.max === null || value.max >= value.min, { message: "the upper end is below the lower end", path: ["max"] }),
  /** Spent at least this much, net of refunds, in minor units of the shop's currency. */
  z.strictObject({ kind: z.literal("spent-at-least"), minor: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  /** Buyers whose last order is more than this many days of the shop's calendar ago. */
  z.strictObject({ kind: z.literal("lapsed"), days: z.number().int().min(1).max(3650) }),
]);
export type SegmentDefinition = z.infer<typeof segmentDefinition>;

/** Throws on anything that is not a definition: what is stored was parsed before it was written. */
export function parseSegmentDefinition(json: string): SegmentDefinition {
  return segmentDefinition.parse(JSON.parse(json));
}
