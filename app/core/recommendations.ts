/** What is shown beside a product, as it is stored, sent to the storefront and explained in the admin. */
import { z } from "zod";

export const recommendationKinds = ["bought-together", "similar"] as const;
export type RecommendationKind = (typeof recommendationKinds)[number];

/** Where an item came from: real co-purchases, else, beside a new product, what is bought with products like it, else best sellers of the category, else of the shop. */
export const recommendationSources = ["co-purchase", "bought-with-alike", "category-best-seller", "shop-best-seller"] as const;

export const recommendedItem = z.object({
  productId: z.number().int().positive(),
  score: z.number(),
  source: z.enum(recommendationSources),
  /** Orders that hold both products. */
  supportOrders: z.number().int(),
  /** Share of the orders with the main product that also hold this one; 0..1 */
  confidence: z.number(),
  /** Confidence / share of this product in all orders; 1 = independent */
  lift: z.number(),
  cosine: z.number(),
  /** Dunning's log-likelihood ratio (1993), G2 */
  logLikelihoodRatio: z.number(),
});
export type RecommendedItem = z.infer<typeof recommendedItem>;
