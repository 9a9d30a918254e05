import { useTranslation } from "react-i18next";
import type { PurchaseModelName, UnreliableReasonView } from "#app/core/prediction-figures.ts";
import { useFormat } from "../format/format-context.tsx";

/** Names of the literature, the same in every language. */
const modelNames: Readonly<Record<PurchaseModelName, string>> = { bgnbd: "BG/NBD", mbgnbd: "MBG/NBD", paretonbd: "Pareto/NBD", mbgcnbd: "MBG/CNBD-k" };

export function useModelWords() {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  return {
    modelName: (kind: PurchaseModelName) => modelNames[kind],
    reason: (reason: UnreliableReasonView): string => {
      switch (reason.kind) {
        case "not-enough-buyers":
          return t("reason.buyers", { count: Math.ceil(reason.missing) });
        case "no-repeat-purchases":
          return t("reason.repeat");
        case "no-time-observed":
          return t("reason.today");
        case "history-too-short":
          return t("reason.history", { count: Math.ceil(reason.missing) });
        case "too-few-holdout-purchases":
          return t("reason.purchases", { count: Math.ceil(reason.missing) });
        case "biased":
          if (reason.bias === null) return t("reason.unknownBias");
          return t(reason.bias > 0 ? "reason.tooMany" : "reason.tooFew", { share: format.percent(Math.abs(reason.bias)) });
        case "worse-than-baseline":
          return t(`reason.${reason.baseline}`);
        case "intervals-too-narrow":
          return t("reason.intervals", { share: format.percent(reason.coverage) });
      }
    },
  };
}
