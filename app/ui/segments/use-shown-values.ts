import { useTranslation } from "react-i18next";
import { attributes } from "#app/engine/segments/language/find-attribute.ts";
import { useFormat } from "../format/format-context.tsx";
import { useLanguageWords } from "./studio/use-language-words.ts";

type Shown = Readonly<Record<string, string | number | null | readonly string[]>>;

const units = new Map(attributes.flatMap((spec) => ("unit" in spec && spec.unit ? [[spec.name, spec.unit] as const] : [])));
const money = new Set(["sum_amount", "average_amount", "amount", "discount_amount"]);
const MOST_ITEMS = 8;

/**
 * "Number of orders: 3; Last order: 2 May 2026": what a customer has of the things a condition asks about; with what it
 * was before, "Number of orders: 3 → 5".
 */
export function useShownValues(): (values: Shown, before?: Shown) => string {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const words = useLanguageWords();
  const minorScale = 10 ** (new Intl.NumberFormat("en", { style: "currency", currency: format.currency }).resolvedOptions().maximumFractionDigits ?? 2);
  const show = (name: string, value: Shown[string]): string => {
    if (value === null) return t("values.none");
    if (Array.isArray(value)) return value.length === 0 ? t("values.nothing") : format.list([...value.slice(0, MOST_ITEMS), ...(value.length > MOST_ITEMS ? ["…"] : [])]);
    if (typeof value === "number") {
      if (money.has(name) || units.get(name) === "money") return format.money(Math.round(value * minorScale));
      return units.get(name) === "share" ? format.percent(value, 1) : format.number(value, 2);
    }
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return format.day(Date.parse(value));
    return typeof value === "string" ? words.value(name, value) : "";
  };
  const title = (name: string) => (attributes.some((spec) => spec.name === name) ? words.attribute(name) : words.parameter(name));
  const change = (name: string, before: Shown[string] | undefined, after: Shown[string]) => {
    const [was, is] = [before === undefined ? null : show(name, before), show(name, after)];
    return was === null || was === is ? is : t("changes.fromTo", { before: was, after: is });
  };
  return (values, before) => Object.entries(values).map(([name, value]) => t("values.pair", { name: title(name), value: change(name, before?.[name], value) })).join(t("values.separator"));
}
