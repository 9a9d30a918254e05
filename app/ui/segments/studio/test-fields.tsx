import { Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { valuesOf, type Test, type Value } from "#app/engine/segments/language/ast.ts";
import type { ScalarType, Unit } from "#app/engine/segments/language/attribute-spec.ts";
import { firstValue, withValues } from "./builder-model.ts";
import { ValueField } from "./value-field.tsx";

export interface ValueSpec {
  readonly name: string;
  readonly type: ScalarType;
  readonly values?: readonly string[];
  readonly unit?: Unit;
}

interface Props {
  readonly test: Test;
  readonly spec: ValueSpec;
  readonly known: readonly string[];
  readonly onChange: (test: Test) => void;
}

/** One field per value: two for a range, as many as there are for a list. */
export function TestFields({ test, spec, known, onChange }: Props) {
  const { t } = useTranslation("segmentStudio");
  const values = valuesOf(test);
  const change = (next: readonly Value[]) => onChange(withValues(test, next));
  return (
    <>
      {values.map((value, index) => (
        <span key={index} className="tessera-value">
          {test.kind === "between" && index === 1 ? <Text as="span" tone="subdued">{t("builder.and")}</Text> : null}
          <ValueField value={value} spec={spec} known={known} label={t(values.length > 1 ? "builder.valueOf" : "builder.value", { number: index + 1 })} onChange={(next) => change(values.map((one, at) => (at === index ? next : one)))} />
          {test.kind === "in" && values.length > 1 ? <Button variant="tertiary" accessibilityLabel={t("builder.removeValue", { number: index + 1 })} onClick={() => change(values.filter((_, at) => at !== index))}>×</Button> : null}
        </span>
      ))}
      {test.kind === "in" ? <Button variant="tertiary" onClick={() => change([...values, firstValue(spec.type, spec.values?.filter((name) => !values.some((value) => value.kind === "text" && value.value === name)), known)])}>{t("builder.addValue")}</Button> : null}
    </>
  );
}
