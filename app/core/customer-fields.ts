/** Customer metafields that the merchant let in: which, and how much of each is kept. */
import { z } from "zod";

/** month-day: of a birthday nothing but the day of the year is kept, so that nobody's age is. */
export const customerFieldKinds = ["month-day", "date", "number", "text"] as const;
export type CustomerFieldKind = (typeof customerFieldKinds)[number];

export const customerField = z.object({
  /** metafields.<namespace>.<key>, as queries name it. */
  name: z.string().regex(/^metafields\.[\w$:-]+\.[\w-]+$/),
  /** The merchant's own words for it. */
  title: z.string(),
  kind: z.enum(customerFieldKinds),
});
export type CustomerField = z.infer<typeof customerField>;

/** More would make each reading of customers too dear. */
export const MOST_CUSTOMER_FIELDS = 10;

/** Characters of a text that are kept: segments ask for choices, not for letters. */
export const MOST_FIELD_TEXT = 80;

const KINDS: Readonly<Record<string, CustomerFieldKind>> = {
  date: "date", date_time: "date", number_integer: "number", number_decimal: "number", single_line_text_field: "text",
};
const BIRTHDAY = /birth|\bb-?day\b|geburt|anniversaire|naissance|cumplea|nacimiento|compleanno|生日|誕生日|생일/i;

/** How a field of Shopify's type is kept; null for types that no query can ask. */
export function chooseFieldKind(type: string, name: string, title: string): CustomerFieldKind | null {
  const kind = KINDS[type] ?? null;
  return kind === "date" && (BIRTHDAY.test(name.replaceAll("_", " ")) || BIRTHDAY.test(title)) ? "month-day" : kind;
}

/** What is kept of a value, as text; null when there is nothing to keep. */
export function reduceFieldValue(kind: CustomerFieldKind, value: string): string | null {
  switch (kind) {
    case "month-day":
      return /^\d{4}-((?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))/.exec(value)?.[1] ?? null;
    case "date": {
      const instantMs = Date.parse(value);
      return Number.isNaN(instantMs) ? null : /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : new Date(instantMs).toISOString();
    }
    case "number":
      return value.trim() !== "" && Number.isFinite(Number(value)) ? String(Number(value)) : null;
    case "text":
      return value === "" ? null : value.slice(0, MOST_FIELD_TEXT);
  }
}
