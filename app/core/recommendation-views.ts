/** What the recommendations page is given. */
import type { RecommendationKind, RecommendedItem } from "./recommendations.ts";

export interface ProductCard {
  readonly productId: number;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly imageAlt: string | null;
  readonly priceMinor: number;
  readonly status: string;
  /** Pieces in stock; null when Shopify does not count them. */
  readonly inStock: number | null;
  readonly isDeleted: boolean;
}

export interface ProductPick extends ProductCard {
  /** Orders with it among the latest ones that were looked at. */
  readonly recentOrders: number;
}

export interface RecommendedView {
  readonly item: RecommendedItem;
  readonly product: ProductCard;
}

export interface RecommendationListView {
  readonly kind: RecommendationKind;
  readonly items: readonly RecommendedView[];
  readonly updatedAtMs: number;
  /** null while the list that is shown in the shop is older than this one. */
  readonly publishedAtMs: number | null;
}

export interface ProductRecommendationsView {
  readonly product: ProductCard;
  readonly lists: readonly RecommendationListView[];
}
