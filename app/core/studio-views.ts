/** What the recommendations, evaluation, bundles and product pages are given. */
import type { BundleItemView } from "./bundle-views.ts";
import type { EvaluationTask } from "./evaluation-report.ts";
import type { ProductFacts } from "./product-views.ts";
import type { PickSettings, ProductPickItem, RecommendAnswer } from "./recommendation-answer.ts";
import type { RecommendationCard } from "./recommendation-card.ts";
import type { RecommendationTask } from "./recommendation-tasks.ts";
import type { ProductCard, ProductPick, RecommendationListView } from "./recommendation-views.ts";

export interface StudioAnswerView extends Omit<RecommendAnswer, "products"> {
  readonly products: readonly (ProductPickItem & { readonly product: ProductCard })[];
  /** Titles of the products that reasons name, by id. */
  readonly titles: Readonly<Record<string, string>>;
}

export interface StudioView {
  readonly task: RecommendationTask;
  readonly settings: PickSettings;
  readonly products: readonly ProductCard[];
  readonly customerId: number | null;
  readonly segmentId: string | null;
  /** Of a counted list, the type that it is cut to. */
  readonly productType: string | null;
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  /** The shop's orders are being read. */
  readonly isNotReady: boolean;
  /** Member beside the chosen model. */
  readonly compare: string | null;
  readonly answer: StudioAnswerView | null;
  readonly compared: StudioAnswerView | null;
  readonly query: string;
  readonly found: readonly ProductCard[];
  readonly often: readonly ProductPick[];
}

export interface PastFigure {
  readonly finishedAtMs: number;
  readonly member: string;
  readonly ndcg: number | null;
}

export interface EvaluationView {
  readonly task: EvaluationTask;
  /** null before the first night. */
  readonly run: { readonly card: RecommendationCard; readonly fingerprint: string; readonly seconds: number; readonly asOfMs: number; readonly finishedAtMs: number } | null;
  readonly history: readonly PastFigure[];
}

export interface ProductPageView {
  readonly product: ProductCard;
  /** null while the shop's orders are being read. */
  readonly facts: ProductFacts | null;
  readonly titles: Readonly<Record<string, string>>;
  readonly together: StudioAnswerView | null;
  readonly customers: StudioAnswerView | null;
  readonly bundles: readonly BundleItemView[];
  /** As they stand in the shop. */
  readonly lists: readonly RecommendationListView[];
}
