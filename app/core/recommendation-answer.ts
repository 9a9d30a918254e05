/** A question to the recommenders of a shop and its answer, as pages, exports and e-mails ask it. */
import { z } from "zod";
import { recommendationTasks, type RecommendationTask } from "./recommendation-tasks.ts";

const weight = z.number().min(0).max(1);

/** "What would change if": all 0 is the model's own order. */
export const pickSettings = z.object({
  count: z.number().int().min(1).max(50),
  /** How much products of different types and vendors are preferred. */
  diversity: weight,
  /** How much products that few have bought yet, and new ones, are preferred. */
  novelty: weight,
  /** How much products that earn more are preferred. */
  margin: weight,
  hideSoldOut: z.boolean(),
});
export type PickSettings = z.infer<typeof pickSettings>;
export const defaultPickSettings: PickSettings = { count: 12, diversity: 0.2, novelty: 0, margin: 0, hideSoldOut: true };

export const recommendQuestion = z.object({
  task: z.enum(recommendationTasks),
  productIds: z.array(z.number().int().positive()).max(20),
  customerId: z.number().int().positive().nullable(),
  /** The people of a segment; ids. */
  memberIds: z.array(z.number()).nullable(),
  settings: pickSettings,
  /** A member's name, to see its own list; null = the model that was chosen. */
  member: z.string().max(60).nullable(),
  /** Of a list that is counted, only products of this type. */
  productType: z.string().max(255).nullable().optional(),
});
export type RecommendQuestion = z.infer<typeof recommendQuestion>;

/** Where a product stands in one member's own list, from 1; null = not among the first hundred. */
export interface MemberVote {
  readonly member: string;
  readonly place: number | null;
}

/** The plainest true statement that speaks for an item; counted from the orders, whatever the model was. */
export type PickReason =
  | { readonly code: "bought-together"; readonly productId: number; readonly orders: number; readonly share: number }
  | { readonly code: "also-bought"; readonly productId: number; readonly customers: number; readonly share: number }
  | { readonly code: "bought-before"; readonly times: number; readonly lastAtMs: number }
  /** `inDays` < 0: overdue. `by`: whose purchases tell the cycle, this customer's alone or those of all who buy the product. */
  | { readonly code: "due"; readonly by: "customer" | "product"; readonly times: number; readonly lastAtMs: number; readonly everyDays: number; readonly inDays: number }
  | { readonly code: "same-type"; readonly type: string }
  | { readonly code: "bought-type"; readonly type: string; readonly times: number }
  | { readonly code: "new"; readonly createdAtMs: number }
  /** Orders of the last two weeks that hold it, `usual` = what its past lets expect; `times` is their ratio, shrunk towards 1 where both are few. */
  | { readonly code: "rising"; readonly orders: number; readonly usual: number; readonly times: number }
  /** Orders with it since it came, of so many; the product most like it and the one that buyers of products like it bought, where the shop's texts tell. */
  | { readonly code: "new-arrival"; readonly createdAtMs: number; readonly orders: number; readonly of: number; readonly alikeId: number | null; readonly withId: number | null }
  | { readonly code: "popular"; readonly orders: number; readonly share: number }
  | { readonly code: "fits-members"; readonly customers: number; readonly of: number }
  | { readonly code: "followed"; readonly type: string; readonly customers: number; readonly share: number }
  | { readonly code: "active-buyer"; readonly orders: number; readonly lastAtMs: number };

export interface PickBase {
  /** Of the first item; 0..1. Compares within one list only. */
  readonly score: number;
  readonly reason: PickReason;
  readonly votes: readonly MemberVote[];
}
export interface ProductPickItem extends PickBase {
  readonly productId: number;
}
export interface CategoryPick extends PickBase {
  readonly type: string;
}
export interface CustomerPick extends PickBase {
  readonly customerId: number;
}

/** Why an answer is not the chosen model's own. */
export const pickFallbacks = ["not-evaluated", "nothing-known", "little-known"] as const;
export type PickFallback = (typeof pickFallbacks)[number];

export interface RecommendAnswer {
  readonly task: RecommendationTask;
  /** Member that made the list. */
  readonly model: string;
  /** Best sellers fill the list, or make it up. */
  readonly fallback: PickFallback | null;
  readonly products: readonly ProductPickItem[];
  readonly categories: readonly CategoryPick[];
  readonly customers: readonly CustomerPick[];
  /** People looked at: members of a segment, buyers of the shop. */
  readonly considered: number;
  /** Members whose own list can be looked at beside this one. */
  readonly members: readonly string[];
  /** Product types of a counted list, those with most products in it first. */
  readonly types?: readonly string[];
  readonly asOfMs: number;
}
