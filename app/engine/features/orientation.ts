import type { Tastes } from "./affinity.ts";
import type { BuyingHistory } from "./buying-history.ts";
import type { Cadence } from "./cadence.ts";
import type { SilenceThresholds } from "./lifecycle.ts";
import type { OrderFigures } from "./order-figures.ts";
import type { PriceSensitivity } from "./price-sensitivity.ts";
import type { Variety } from "./variety.ts";

/**
 * Proxies for what draws a customer, 0..1; .5 = as anybody. Named scores by formula, never facts about a person. NaN without orders.
 * Each is drawn to .5 by three orders' worth: .5 + (score - .5) n / (n + 3), parts that have nothing to measure count .5.
 */
export interface Orientation {
  /** 1/2 variety of product types + 1/2 (.5 + new-product seeking, within 0..1). */
  readonly novelty: Float32Array;
  /** 1/2 discount dependence + 1/2 ratio / (1 + ratio) of price sensitivity. */
  readonly deal: Float32Array;
  /** 1/2 mean price band + 1/2 full-price share. */
  readonly quality: Float32Array;
  /** 1/3 orders / (orders + 3) + 1/3 greatest vendor's share + 1/3 punctuality: 1 up to the silence of "at risk", falling to 0 at that of "lapsed". */
  readonly loyalty: Float32Array;
}

const PRIOR_ORDERS = 3;

export interface OrientationInput {
  readonly history: Pick<BuyingHistory, "ordersCount" | "recencyDays">;
  readonly variety: Variety;
  readonly sensitivity: Pick<PriceSensitivity, "ratio" | "dependence">;
  readonly figures: Pick<OrderFigures, "fullPriceShare">;
  readonly tastes: Tastes;
  readonly cadence: Pick<Cadence, "cadenceDays">;
  readonly silence: SilenceThresholds;
}

export function computeOrientation({ history, variety, sensitivity, figures, tastes, cadence, silence }: OrientationInput): Orientation {
  const count = history.ordersCount.length;
  const column = () => new Float32Array(count).fill(NaN);
  const [novelty, deal, quality, loyalty] = [column(), column(), column(), column()];
  for (let row = 0; row < count; row++) {
    const orders = history.ordersCount[row];
    if (orders === 0) continue;
    const trust = orders / (orders + PRIOR_ORDERS);
    const ratio = sensitivity.ratio[row];
    const multiple = history.recencyDays[row] / cadence.cadenceDays[row];
    const punctuality = clamp((silence.lapsed - multiple) / Math.max(1e-9, silence.lapsed - silence.atRisk));
    novelty[row] = draw((known(variety.variety[row]) + clamp(0.5 + known(variety.newProductSeeking[row], 0))) / 2, trust);
    deal[row] = draw((known(sensitivity.dependence[row]) + known(ratio / (1 + ratio))) / 2, trust);
    quality[row] = draw((known(tastes.priceLevel[row]) + known(figures.fullPriceShare[row])) / 2, trust);
    loyalty[row] = draw((orders / (orders + PRIOR_ORDERS) + known(tastes.vendorFocus[row]) + punctuality) / 3, trust);
  }
  return { novelty, deal, quality, loyalty };
}

function known(value: number, otherwise = 0.5): number {
  return Number.isNaN(value) ? otherwise : value;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function draw(score: number, trust: number): number {
  return 0.5 + (score - 0.5) * trust;
}
