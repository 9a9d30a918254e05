import { Select, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Value } from "#app/engine/segments/language/ast.ts";
import { useFormat } from "../../format/format-context.tsx";
import { NOWHERE } from "./builder-model.ts";
import { DateField } from "./date-field.tsx";
import type { ValueSpec } from "./test-fields.tsx";
import { useLanguageWords } from "./use-language-words.ts";

interface Props {
  readonly value: Value;
  readonly spec: ValueSpec;
  readonly known: readonly string[];
  readonly label: string;
  readonly onChange: (value: Value) => void;
}

/** The input that suits a value's type. */
export function ValueField({ value, spec, known, label, onChange }: Props) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  if (spec.type === "date") return <DateField value={value} label={label} onChange={onChange} />;
  if (spec.type === "boolean") {
    const options = ["true", "false"].map((word) => ({ value: word, label: t(word === "true" ? "builder.yes" : "builder.no") }));
    return <Select label={label} labelHidden value={String(value.kind === "boolean" && value.value)} options={options} onChange={(word) => onChange({ kind: "boolean", value: word === "true", span: NOWHERE })} />;
  }
  if (spec.type === "float" || spec.type === "integer") return <NumberField value={value} spec={spec} label={label} onChange={onChange} />;
  const text = value.kind === "text" ? value.value : "";
  const choose = (next: string) => onChange({ kind: "text", value: next, span: NOWHERE });
  const choices = spec.values ?? known;
  if (choices.length > 0) {
    const options = [...(choices.includes(text) ? [] : [text]), ...choices].map((name) => ({ value: name, label: spec.values ? words.value(spec.name, name) : name || t("builder.choose") }));
    return <Select label={label} labelHidden value={text} options={options} onChange={choose} />;
  }
  return <div className="tessera-value-text"><TextField label={label} labelHidden value={text} onChange={choose} autoComplete="off" maxLength={255} /></div>;
}

const scaleOf = (spec: ValueSpec) => (spec.unit === "share" ? 100 : 1);

/** Shares are typed in per cent. What is being typed ("1." or nothing) stays in the field until it is a number. */
function NumberField({ value, spec, label, onChange }: Omit<Props, "known">) {
  const { t } = useTranslation("segmentStudio");
  const format = useFormat();
  const scale = scaleOf(spec);
  const number = value.kind === "number" ? value.value : 0;
  const shown = String(Number((number * scale).toFixed(6)));
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped((before) => (Number(before) === Number(shown) && before !== "" ? before : shown)), [shown]);
  const change = (text: string) => {
    setTyped(text);
    const read = Number(text);
    if (text.trim() !== "" && Number.isFinite(read)) onChange({ kind: "number", value: Number((read / scale).toFixed(8)), span: NOWHERE });
  };
  return (
    <div className="tessera-value-number">
      <TextField
        label={label} labelHidden type="number" inputMode={spec.type === "integer" ? "numeric" : "decimal"} step={spec.type === "integer" ? 1 : undefined} value={typed} onChange={change} autoComplete="off"
        suffix={spec.unit === "money" ? format.currency : spec.unit === "share" || spec.name === "percent" ? "%" : spec.unit === "days" ? t("builder.days") : spec.unit === "km" ? "km" : undefined}
      />
    </div>
  );
}
