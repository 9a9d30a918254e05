import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import type { AttributeSpec, ScalarType } from "#app/engine/segments/language/attribute-spec.ts";
import { attributes } from "#app/engine/segments/language/find-attribute.ts";
import { translateOpen } from "../../i18n/translate-open.ts";

const ns = "segmentLanguage";
/** Names of the language hold dots, which would part a key. */
const keyOf = (name: string) => name.replaceAll(".", "_");

export interface LanguageWords {
  attribute(name: string): string;
  parameter(name: string): string;
  value(attribute: string, value: string): string;
  operator(operator: string, type: ScalarType | AttributeSpec["type"]): string;
  /** What a word of a query means; empty for signs. */
  meaning(name: string): string;
}

/** The language in the merchant's words: attributes, parameters, values and signs. */
export function useLanguageWords(): LanguageWords {
  const { t } = useTranslation(ns);
  return useMemo(() => {
    const open = (key: string, defaultValue: string) => translateOpen(t, key, { ns, defaultValue });
    const kindOf = (type: ScalarType | AttributeSpec["type"]) => (type === "date" || type === "modifier" ? "date" : type === "list" || type === "function" ? type : type === "text" || type === "enum" || type === "boolean" ? "text" : "plain");
    const attribute = (name: string) => open(`attributes.${keyOf(name)}`, name.replace(/^metafields\.[^.]+\./, "").replaceAll("_", " "));
    return {
      attribute,
      parameter: (name) => open(`parameters.${keyOf(name)}`, name.replaceAll("_", " ")),
      value: (of, value) => open(`values.${keyOf(of)}.${value}`, open(`values.any.${value}`, value)),
      operator: (operator, type) => open(`operators.${kindOf(type)}.${operator}`, open(`operators.plain.${operator}`, operator)),
      meaning: (name) => (attributes.some((spec) => spec.name === name) ? attribute(name) : open(`parameters.${keyOf(name)}`, "")),
    };
  }, [t]);
}

/** Shelves of the attribute list. */
export const attributeShelves = ["orders", "money", "dates", "groups", "predictions", "products", "people", "marketing", "store"] as const;
export type AttributeShelf = (typeof attributeShelves)[number];

export function shelfOf(spec: AttributeSpec): AttributeShelf {
  const { name } = spec;
  if (/^(storefront_event|campaign_event)\.|^experiment$|^random_sample$/.test(name)) return "store";
  if (/^shopify_email\.|subscription_status$/.test(name)) return "marketing";
  if (/^(predicted_|total_clv|churn|probability|expected_date|price_sensitivity|cluster)/.test(name)) return "predictions";
  if (/rfm|lifecycle|value_tier|^segments$|^top_customers$/.test(name)) return "groups";
  if (/products_purchased|order_contains|category|units_bought/.test(name)) return "products";
  if (/date$|^anniversary$|recency_days|days_between|cadence/.test(name)) return "dates";
  if (/amount|average_order|margin|share|store_credit/.test(name)) return "money";
  return /orders/.test(name) ? "orders" : "people";
}

