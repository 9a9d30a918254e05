import { err, ok, type Result } from "#app/core/result.ts";
import { listConditions, type Condition, type Expression, type Span, type Test, type Value } from "./ast.ts";
import { parameterOperators, shopifyOperators, type AttributeSpec } from "./attribute-spec.ts";
import { operatorName } from "./check-query.ts";
import { findAttribute, type ShopNames } from "./find-attribute.ts";
import { formatCondition, formatQuery } from "./format-query.ts";

/** Shopify's limit. */
const MOST_CLAUSES = 10;

/** Why Shopify's language cannot say a query; the places are those of the query as it was read. */
export interface NotNative {
  readonly message: string;
  readonly span: Span;
}

/**
 * The query for `segmentCreate`, or every reason why there is none. That Shopify's members are the same is still to be
 * proved by comparing them: its figures may count orders that ours leave out.
 */
export function toShopifyQuery(expression: Expression, names: ShopNames): Result<string, readonly NotNative[]> {
  const reasons = [...findNegations(expression), ...listConditions(expression).flatMap((condition) => explainCondition(condition, names))];
  if (reasons.length > 0) return err(reasons);
  const rewritten = rewriteSets(expression);
  const clauses = listConditions(rewritten).length;
  if (clauses > MOST_CLAUSES) return err([{ message: `Shopify allows ${MOST_CLAUSES} clauses; this query needs ${clauses}`, span: expression.span }]);
  return ok(formatQuery(rewritten));
}

function findNegations(expression: Expression): NotNative[] {
  switch (expression.kind) {
    case "not":
      return [{ message: "Shopify has no NOT before a bracket", span: expression.span }];
    case "and":
    case "or":
      return expression.terms.flatMap(findNegations);
    case "condition":
      return [];
  }
}

function explainCondition(condition: Condition, names: ShopNames): NotNative[] {
  const { attribute, attributeSpan, test } = condition;
  const spec = findAttribute(attribute, names);
  const refuse = (message: string, span: Span): NotNative[] => [{ message, span }];
  if (!spec || spec.origin === "tessera") return refuse(`${attribute} is not an attribute of Shopify`, attributeSpan);
  if (attribute === "rfm_group") return refuse("Shopify scores rfm_group with its own cuts, so the same name can hold other people", attributeSpan);
  if (test.kind === "matches") {
    return test.parameters.flatMap((parameter) => {
      const rule = spec.type === "function" ? spec.parameters.find(({ name }) => name === parameter.name) : undefined;
      if (!rule || rule.origin === "tessera") return refuse(`${attribute} has no parameter ${parameter.name} in Shopify`, parameter.nameSpan);
      const isSet = parameter.test.kind === "in" && !/(^|_)id$/.test(parameter.name);
      if (isSet || !parameterOperators(rule).includes(operatorName(parameter.test))) return refuse(`Shopify takes IN for ids alone, not for ${parameter.name}`, parameter.test.span);
      return explainHours(parameter.test);
    });
  }
  return [...explainArgument(condition, names), ...explainOperator(spec, test), ...explainHours(test)];
}

function explainArgument({ argument, attributeSpan }: Condition, names: ShopNames): NotNative[] {
  if (argument === null || names.metafields.has(argument)) return [];
  return [{ message: "Shopify takes anniversary of a metafield alone", span: attributeSpan }];
}

/** IN is written as alternatives, NOT IN as conditions that all hold, so both pass. */
function explainOperator(spec: AttributeSpec, test: Test): NotNative[] {
  if (spec.type === "function" || spec.type === "modifier" || test.kind === "in" || test.kind === "null") return [];
  const allowed = spec.operators ?? shopifyOperators[spec.type];
  return allowed.includes(operatorName(test)) ? [] : [{ message: `Shopify does not take ${operatorName(test)} here`, span: test.span }];
}

function explainHours(test: Test): NotNative[] {
  const values: readonly Value[] = test.kind === "between" ? [test.low, test.high] : test.kind === "compare" ? [test.value] : [];
  return values.filter((value) => value.kind === "relative" && value.unit === "h").map(({ span }) => ({ message: "Shopify has no hours", span }));
}

function rewriteSets(expression: Expression): Expression {
  switch (expression.kind) {
    case "and":
    case "or":
      return { ...expression, terms: expression.terms.map(rewriteSets) };
    case "not":
      return { ...expression, term: rewriteSets(expression.term) };
    case "condition": {
      const { test } = expression;
      if (test.kind !== "in") return expression;
      const operator = test.isNegated ? "!=" : "=";
      const terms = test.values.map((value): Condition => ({ ...expression, test: { kind: "compare", operator, value, span: test.span } }));
      const distinct = [...new Map(terms.map((term) => [formatCondition(term), term])).values()];
      return distinct.length === 1 ? distinct[0] : { kind: test.isNegated ? "and" : "or", terms: distinct, span: expression.span };
    }
  }
}
