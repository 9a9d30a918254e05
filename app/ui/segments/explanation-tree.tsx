import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExplanationView } from "#app/core/segment-studio-views.ts";
import { useShownValues } from "./use-shown-values.ts";
import "./studio/segment-studio.css";

/** A query with a yes, a no or a "no data yet" at every condition, and the customer's own values beside it. */
export function ExplanationTree({ explanation }: { readonly explanation: ExplanationView }) {
  const { t } = useTranslation("segmentAnswers");
  const isWhole = explanation.kind === "and" && explanation.parts.length === 0;
  return <ul className="tessera-explain">{isWhole ? <li>{t("explain.everybody")}</li> : <Line explanation={explanation} />}</ul>;
}

function Line({ explanation }: { readonly explanation: ExplanationView }) {
  const { t } = useTranslation("segmentAnswers");
  const values = useShownValues();
  const { kind, text, missing, parts, holds } = explanation;
  const shown = values(explanation.values);
  return (
    <li>
      <div className="tessera-explain-line">
        <AnswerMark holds={holds} />
        <div>
          {kind === "condition" || kind === "segment" ? <code>{text}</code> : <Text as="span" fontWeight="medium">{t(`explain.${kind}`)}</Text>}
          {missing === null ? shown === "" ? null : <div className="tessera-explain-values">{shown}</div> : <div className="tessera-explain-values">{t("explain.missing")}</div>}
        </div>
      </div>
      {parts.length > 0 ? <ul>{parts.map((part, index) => <Line key={index} explanation={part} />)}</ul> : null}
    </li>
  );
}

export function AnswerMark({ holds }: { readonly holds: boolean | null }) {
  const { t } = useTranslation("segmentAnswers");
  const kind = holds === null ? "unknown" : holds ? "yes" : "no";
  return <span className={`tessera-mark is-${kind}`} role="img" aria-label={t(`explain.mark.${kind}`)}>{holds === null ? "?" : holds ? "✓" : "✕"}</span>;
}
