/** What can be asked of the recommenders. */
import type { EvaluationTask } from "./evaluation-report.ts";

export const recommendationTasks = [
  "similar", "bought-together", "complete-cart", "for-you", "buy-again", "next-category", "win-back", "segment-email", "promotion", "product-customers", "rising", "new-arrivals",
] as const;
export type RecommendationTask = (typeof recommendationTasks)[number];

/** Lists that are counted from the orders: no model competes for them. */
const counted: ReadonlySet<RecommendationTask> = new Set(["rising", "new-arrivals"]);
export const isCounted = (task: RecommendationTask): boolean => counted.has(task);

/** Whom or what a task is asked about; "shop": as a whole. */
export const taskSubjects = {
  "similar": "product",
  "bought-together": "product",
  "complete-cart": "cart",
  "for-you": "customer",
  "buy-again": "customer",
  "next-category": "customer",
  "win-back": "customer",
  "segment-email": "segment",
  "promotion": "shop",
  "product-customers": "product",
  "rising": "shop",
  "new-arrivals": "shop",
} as const satisfies Record<RecommendationTask, "product" | "cart" | "customer" | "segment" | "shop">;

/**
 * The evaluation that chooses the model of each task. What is sent to people who may like something again or anew (win-back, e-mail) is judged by
 * their whole next basket; who would like a product is "for you" read the other way round. What is counted has the evaluation of those whom it would be shown to.
 */
export const taskEvaluations = {
  "similar": "similar",
  "bought-together": "bought-together",
  "complete-cart": "complete-cart",
  "for-you": "for-you",
  "buy-again": "buy-again",
  "next-category": "next-category",
  "win-back": "next-basket",
  "segment-email": "next-basket",
  "promotion": "for-you",
  "product-customers": "for-you",
  "rising": "for-you",
  "new-arrivals": "for-you",
} as const satisfies Record<RecommendationTask, EvaluationTask>;

/** What a model learns from: products of one order, purchases of one customer, or product types of one customer. */
export const modelFamilies = ["orders", "histories", "categories"] as const;
export type ModelFamily = (typeof modelFamilies)[number];

export const evaluationFamilies = {
  "for-you": "histories",
  "next-basket": "histories",
  "buy-again": "histories",
  "similar": "histories",
  "complete-cart": "orders",
  "bought-together": "orders",
  "next-category": "categories",
} as const satisfies Record<EvaluationTask, ModelFamily>;
