import { Select, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { relativeUnits, type Value } from "#app/engine/segments/language/ast.ts";
import { NOWHERE } from "./builder-model.ts";

const kinds = ["ago", "ahead", "today", "yesterday", "day"] as const;
type Kind = (typeof kinds)[number];

interface Props {
  readonly value: Value;
  readonly label: string;
  readonly onChange: (value: Value) => void;
}

function kindOf(value: Value): Kind {
  if (value.kind === "relative") return value.amount > 0 ? "ahead" : "ago";
  if (value.kind === "day-word") return value.value;
  return "day";
}

/** A day as people say it: so long ago, so far ahead, today, or one of the calendar. */
export function DateField({ value, label, onChange }: Props) {
  const { t } = useTranslation("segmentStudio");
  const kind = kindOf(value);
  const amount = value.kind === "relative" ? Math.abs(value.amount) : 30;
  const unit = value.kind === "relative" ? value.unit : "d";
  const relative = (next: number, sign: 1 | -1, of = unit): Value => ({ kind: "relative", amount: sign * next || 0, unit: of, span: NOWHERE });
  const choose = (next: string) => {
    if (next === "ago" || next === "ahead") onChange(relative(amount || 30, next === "ahead" ? 1 : -1));
    else if (next === "today" || next === "yesterday") onChange({ kind: "day-word", value: next, span: NOWHERE });
    else onChange({ kind: "day", value: "2026-01-01", span: NOWHERE });
  };
  const sign = kind === "ahead" ? 1 : -1;
  const day = value.kind === "day" ? value.value : value.kind === "instant" ? value.value.slice(0, 10) : "";
  return (
    <span className="tessera-value">
      {kind === "ago" || kind === "ahead" ? (
        <>
          <div className="tessera-value-number"><TextField label={t("builder.amountOf", { field: label })} labelHidden type="number" min={0} value={String(amount)} onChange={(text) => onChange(relative(Math.min(100_000, Math.abs(Math.round(Number(text) || 0))), sign))} autoComplete="off" /></div>
          <Select label={t("builder.unitOf", { field: label })} labelHidden value={unit} options={relativeUnits.map((one) => ({ value: one, label: t(`builder.units.${one}`) }))} onChange={(next) => onChange(relative(amount, sign, relativeUnits.find((one) => one === next) ?? "d"))} />
        </>
      ) : null}
      {kind === "day" ? <TextField label={label} labelHidden type="date" value={day} onChange={(text) => (text === "" ? undefined : onChange({ kind: "day", value: text, span: NOWHERE }))} autoComplete="off" /> : null}
      <Select label={t("builder.kindOf", { field: label })} labelHidden value={kind} options={kinds.map((one) => ({ value: one, label: t(`builder.when.${one}`) }))} onChange={choose} />
    </span>
  );
}
