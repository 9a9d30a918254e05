import { Button, Select } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Matches, Parameter } from "#app/engine/segments/language/ast.ts";
import { parameterOperators, type FunctionSpec } from "#app/engine/segments/language/attribute-spec.ts";
import { operatorName } from "#app/engine/segments/language/check-query.ts";
import { firstParameter, firstValue, withOperator } from "./builder-model.ts";
import type { BuilderContext } from "./query-builder.tsx";
import { TestFields } from "./test-fields.tsx";
import { useLanguageWords } from "./use-language-words.ts";

interface Props {
  readonly spec: FunctionSpec;
  readonly matches: Matches;
  readonly context: BuilderContext;
  readonly onChange: (matches: Matches) => void;
}

/** What is asked of orders, products or events: every line has to hold for the same one. */
export function ParameterList({ spec, matches, context, onChange }: Props) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const { parameters } = matches;
  const replace = (index: number, next: Parameter | null) => onChange({ ...matches, parameters: parameters.flatMap((parameter, at) => (at === index ? (next ? [next] : []) : [parameter])) });
  const open = spec.parameters.filter(({ name, isFixed }) => !isFixed || !parameters.some((parameter) => parameter.name === name));
  return (
    <div className="tessera-parameters">
      {parameters.map((parameter, index) => {
        const rule = spec.parameters.find(({ name }) => name === parameter.name);
        if (!rule) return null;
        const known = context.knownOf(parameter.name);
        return (
          <div key={`${index} ${parameter.name}`} role="group" aria-label={words.parameter(parameter.name)} className="tessera-condition-fields">
            <Select
              label={t("builder.parameter")} labelHidden value={parameter.name} options={spec.parameters.map(({ name }) => ({ value: name, label: words.parameter(name) }))}
              onChange={(name) => {
                const chosen = spec.parameters.find((one) => one.name === name);
                if (chosen) replace(index, firstParameter(chosen, context.knownOf(name)));
              }}
            />
            {rule.isFixed ? null : (
              <Select
                label={t("builder.operator")} labelHidden value={operatorName(parameter.test)}
                options={parameterOperators(rule).map((operator) => ({ value: operator, label: words.operator(operator, rule.type) }))}
                onChange={(operator) => replace(index, { ...parameter, test: withOperator(parameter.test, operator, firstValue(rule.type, rule.values, known)) })}
              />
            )}
            <TestFields test={parameter.test} spec={rule} known={known} onChange={(test) => replace(index, { ...parameter, test })} />
            {rule.isRequired ? null : <Button variant="tertiary" onClick={() => replace(index, null)} accessibilityLabel={t("builder.removeNamed", { name: words.parameter(parameter.name) })}>{t("builder.remove")}</Button>}
          </div>
        );
      })}
      {open.length > 0 ? (
        <div className="tessera-parameter-add">
          <Select
            label={t("builder.addDetail")} labelHidden value="" placeholder={t("builder.addDetail")} options={open.map(({ name }) => ({ value: name, label: words.parameter(name) }))}
            onChange={(name) => {
              const chosen = open.find((one) => one.name === name);
              if (chosen) onChange({ ...matches, parameters: [...parameters, firstParameter(chosen, context.knownOf(name))] });
            }}
          />
        </div>
      ) : null}
    </div>
  );
}
