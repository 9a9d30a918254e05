import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitParetoNbd, fitRegularBuyer } from "#app/engine/predict/clv/fit-clv.ts";
import { gapConstant } from "#app/engine/predict/clv/regular-buyer.ts";
import type { Bench } from "./bench.ts";
import { round } from "./bench.ts";
import { readShops, type ShopHistories } from "./parts/shop-histories.ts";
import { withScratch } from "./scratch.ts";

const KINDS = ["bgnbd", "mbgnbd", "mbgcnbd", "paretonbd"] as const;

/** No speed: fits every model to every shop at hand and prints the mean and twice the spread (at least 1) of the numbers that SHOP_PRIORS holds. */
export const bench: Bench = {
  options: { data: "../shared/data" },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const shops = await readShops(String(params.data), folder);
      const figures: Record<string, number> = { shops: shops.length };
      for (const kind of KINDS) {
        const found = shops.map((shop) => {
          const numbers = describe(kind, shop);
          progress(`${kind} ${shop.name} (${shop.x.length} buyers): ${Object.entries(numbers).map(([name, value]) => `${name} ${round(value)}`).join(", ")}`);
          return numbers;
        });
        for (const name of Object.keys(found[0])) {
          const values = found.map((numbers) => numbers[name]);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
          figures[`${kind}.${name}.mean`] = round(mean);
          figures[`${kind}.${name}.sd`] = round(Math.max(1, 2 * spread));
        }
      }
      return { figures, peers: {}, ratios: {}, notes: shops.map(({ name, x }) => `${name}: ${x.length} buyers`) };
    }),
};

function describe(kind: (typeof KINDS)[number], shop: ShopHistories): Record<string, number> {
  const history = compressHistory(shop.x, shop.tx, shop.T);
  // Apparel's likelihood has no maximum without a weak prior on a + b.
  if (kind === "paretonbd") {
    const { r, alpha, s, beta } = fitParetoNbd(history, { usePrior: true }).model;
    return { r: Math.log(r), alpha: Math.log(alpha), s: Math.log(s), beta: Math.log(beta) };
  }
  const { r, alpha, a, b } = kind === "mbgcnbd" ? fitRegular(shop) : fitBetaGeometric(kind, history, { usePrior: true }).model;
  return { r: Math.log(r), alpha: Math.log(alpha), odds: Math.log(a / b), ab: Math.log(a + b) };
}

/** The likeliest k where the file has the gaps, else 2. */
function fitRegular(shop: ShopHistories) {
  const history = compressHistory(shop.x, shop.tx, shop.T);
  const { logGaps } = shop;
  const fits = (logGaps ? [2, 3, 4] : [2]).map((k) => {
    const fit = fitRegularBuyer(k, history);
    return { model: fit.model, logLikelihood: fit.logLikelihood + (logGaps ? shop.x.reduce((sum, x, i) => sum + gapConstant(k, x, logGaps[i]), 0) : 0) };
  });
  return fits.reduce((best, fit) => (fit.logLikelihood > best.logLikelihood ? fit : best)).model;
}
