import { useTranslation } from "react-i18next";
import type { PredictionFigures, PurchaseModelFigures } from "#app/core/prediction-figures.ts";
import { useFormat } from "../format/format-context.tsx";
import { useModelWords } from "./use-model-words.ts";

interface Props {
  readonly model: PurchaseModelFigures["model"];
  readonly window: PredictionFigures["window"];
  /** What each figure is made of, where one customer is shown. */
  readonly formulas?: readonly { readonly name: string; readonly text: string }[];
}

/** Lineage, one click away: which model, from which orders, by which formula. */
export function ModelFacts({ model, window, formulas = [] }: Props) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { modelName } = useModelWords();
  const rows: { name: string; text: string }[] = [
    { name: t("model.name"), text: model ? t("model.purchases", { model: modelName(model.kind), buyers: format.number(model.buyers) }) : t("model.noModel") },
    { name: t("model.data"), text: window ? t("model.window", { from: format.day(window.firstOrderAtMs), to: format.day(window.lastOrderAtMs) }) : t("none") },
  ];
  if (model) rows.push({ name: t("model.value"), text: t(model.hasSpendModel ? "model.gammaGamma" : "model.meanValue") });
  if (model?.usesShopPrior) rows.push({ name: t("model.prior"), text: t("model.priorText") });
  if (model?.isDegenerate) rows.push({ name: t("model.flat"), text: t("model.flatText") });
  return (
    <details className="tessera-details">
      <summary>{t("how")}</summary>
      <dl className="tessera-rules tessera-lineage">
        {[...rows, ...formulas].map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>{row.text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
