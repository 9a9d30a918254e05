import { Button, Select, Text } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, Matches, Test } from "#app/engine/segments/language/ast.ts";
import { operatorsOf, type AttributeSpec } from "#app/engine/segments/language/attribute-spec.ts";
import { operatorName } from "#app/engine/segments/language/check-query.ts";
import { attributes, findAttribute } from "#app/engine/segments/language/find-attribute.ts";
import { formatCondition } from "#app/engine/segments/language/format-query.ts";
import { firstCondition, firstValue, isMatches, withOperator } from "./builder-model.ts";
import { ParameterList } from "./parameter-list.tsx";
import type { BuilderContext } from "./query-builder.tsx";
import { TestFields } from "./test-fields.tsx";
import { attributeShelves, shelfOf, useLanguageWords } from "./use-language-words.ts";

interface Props {
  readonly condition: Condition;
  readonly context: BuilderContext;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

/** One condition: what is looked at, how it is compared, with what. */
export function ConditionRow({ condition, context, onChange, onRemove }: Props) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const titleId = useId();
  const spec = findAttribute(condition.attribute, context.names);
  const { test } = condition;
  const choose = (name: string) => {
    const chosen = findAttribute(name, context.names);
    if (chosen) onChange(firstCondition(chosen, context.knownOf));
  };
  return (
    <div className="tessera-condition" role="group" aria-labelledby={titleId}>
      <span id={titleId} className="tessera-hidden">{spec ? words.attribute(spec.name) : condition.attribute}</span>
      <div className="tessera-condition-fields">
        <AttributeSelect attribute={spec?.name ?? condition.attribute} context={context} onChange={choose} />
        {spec ? (
          <>
            {spec.type === "modifier" ? <ArgumentSelect condition={condition} context={context} onChange={onChange} /> : null}
            <OperatorSelect spec={spec} test={test} context={context} onChange={(next) => onChange({ ...condition, test: next })} />
            {isMatches(test) ? null : <TestFields test={test} spec={{ ...spec, type: spec.type === "modifier" ? "date" : spec.type === "function" ? "list" : spec.type }} known={context.knownOf(spec.name)} onChange={(next) => onChange({ ...condition, test: next })} />}
          </>
        ) : (
          <Text as="span" tone="critical">{t("builder.unknown", { text: formatCondition(condition) })}</Text>
        )}
        <Button variant="tertiary" onClick={onRemove} accessibilityLabel={t("builder.removeNamed", { name: spec ? words.attribute(spec.name) : condition.attribute })}>{t("builder.remove")}</Button>
      </div>
      {spec?.type === "function" && isMatches(test) ? <ParameterList spec={spec} matches={test} context={context} onChange={(next) => onChange({ ...condition, test: next })} /> : null}
    </div>
  );
}

function AttributeSelect({ attribute, context, onChange }: { readonly attribute: string; readonly context: BuilderContext; readonly onChange: (name: string) => void }) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const option = (name: string) => ({ value: name, label: words.attribute(name) });
  const shelves = attributeShelves.map((shelf) => ({ title: t(`builder.shelves.${shelf}`), options: attributes.filter((spec) => shelfOf(spec) === shelf).map((spec) => option(spec.name)) }));
  const metafields = [...context.names.metafields.keys()];
  const options = [...shelves, ...(metafields.length > 0 ? [{ title: t("builder.shelves.metafields"), options: metafields.map(option) }] : [])];
  const isKnown = options.some((shelf) => shelf.options.some(({ value }) => value === attribute));
  return <Select label={t("builder.attribute")} labelHidden value={attribute} options={isKnown ? options : [option(attribute), ...options]} onChange={onChange} />;
}

function OperatorSelect({ spec, test, context, onChange }: { readonly spec: AttributeSpec; readonly test: Test | Matches; readonly context: BuilderContext; readonly onChange: (test: Test | Matches) => void }) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const choose = (operator: string) => {
    if (operator === "MATCHES" || operator === "NOT MATCHES") {
      const begun = firstCondition(spec, context.knownOf).test;
      onChange(isMatches(test) ? { ...test, isNegated: operator === "NOT MATCHES" } : isMatches(begun) ? { ...begun, isNegated: operator === "NOT MATCHES" } : begun);
      return;
    }
    const type = spec.type === "function" ? "list" : spec.type === "modifier" ? "date" : spec.type;
    const first = firstValue(type, "values" in spec ? spec.values : undefined, context.knownOf(spec.name));
    onChange(withOperator(isMatches(test) ? { kind: "null", isNegated: false, span: test.span } : test, operator, first));
  };
  return <Select label={t("builder.operator")} labelHidden value={operatorName(test)} options={operatorsOf(spec).map((operator) => ({ value: operator, label: words.operator(operator, spec.type) }))} onChange={choose} />;
}

/** Of an anniversary: the date whose year is ignored. */
function ArgumentSelect({ condition, context, onChange }: { readonly condition: Condition; readonly context: BuilderContext; readonly onChange: (condition: Condition) => void }) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const dates = [...attributes.filter(({ type }) => type === "date").map(({ name }) => name), ...[...context.names.metafields].filter(([, type]) => type === "date").map(([name]) => name)];
  const value = condition.argument ?? "";
  const options = (dates.includes(value) ? dates : [value, ...dates]).map((name) => ({ value: name, label: words.attribute(name) }));
  return <Select label={t("builder.argument")} labelHidden value={value} options={options} onChange={(argument) => onChange({ ...condition, argument })} />;
}
