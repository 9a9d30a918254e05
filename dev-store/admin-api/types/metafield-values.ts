import type { Database } from "better-sqlite3";
import { readGidOf } from "#dev-store/gid.ts";

const MAX_LIST = 128;
const REFERENCES: Readonly<Record<string, { type: string; table: string }>> = {
  product_reference: { type: "Product", table: "products" },
  variant_reference: { type: "ProductVariant", table: "variants" },
  collection_reference: { type: "Collection", table: "collections" },
  customer_reference: { type: "Customer", table: "customers" },
};
const SIMPLE: Readonly<Record<string, RegExp>> = {
  single_line_text_field: /^[^\n\r]+$/, multi_line_text_field: /[\s\S]/, number_integer: /^-?\d+$/, number_decimal: /^-?\d+(\.\d+)?$/, boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/, date_time: /^\d{4}-\d{2}-\d{2}T/, url: /^https?:\/\//, id: /[\s\S]/,
};

interface Problem { readonly message: string; readonly code: string }
const invalid = (message: string): Problem => ({ message, code: "INVALID_VALUE" });

/** Null when the value fits the metafield type. References must point at what exists. */
export function checkMetafieldValue(type: string, value: string, db: Database): Problem | null {
  if (value === "") return { message: "Value can't be blank", code: "BLANK" };
  const inner = type.startsWith("list.") ? type.slice("list.".length) : null;
  if (inner === null && type !== "json") return checkOne(type, value, db);
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return invalid(`Value is invalid JSON: ${value.slice(0, 40)}`);
  }
  if (inner === null) return null;
  if (!Array.isArray(parsed)) return invalid("Value must be a list");
  if (parsed.length > MAX_LIST) return invalid(`Value can't have more than ${MAX_LIST} entries`);
  for (const entry of parsed) {
    const problem = checkOne(inner, String(entry), db);
    if (problem) return problem;
  }
  return null;
}

function checkOne(type: string, value: string, db: Database): Problem | null {
  const reference = REFERENCES[type];
  if (reference) {
    const id = readGidOf(reference.type, value);
    if (id === null) return invalid(`Value must be a valid ${reference.type.toLowerCase()} reference.`);
    return db.prepare(`SELECT 1 FROM ${reference.table} WHERE id = ?`).get(id) ? null : invalid(`Value references non-existent resource ${value}.`);
  }
  const pattern = SIMPLE[type];
  if (!pattern) return { message: `Type '${type}' is not supported by the dev store`, code: "INVALID_TYPE" };
  return pattern.test(value) ? null : invalid(`Value must be a valid ${type}.`);
}
