import { createHash } from "node:crypto";
import { currencyExponent, formatAmount } from "#dev-store/money.ts";

/** MoneyV2.amount: "12.5", "100.0" — Shopify drops trailing zeros but keeps one decimal. */
export function decimalAmount(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return `${minor}.0`;
  if (minor % 10 ** exponent === 0) return `${minor / 10 ** exponent}.0`;
  return formatAmount(minor, currency).replace(/0+$/, "");
}

export interface MoneyV2 { readonly amount: string; readonly currencyCode: string }

export function moneyV2(minor: number, currency: string): MoneyV2 {
  return { amount: decimalAmount(minor, currency), currencyCode: currency };
}

/** One currency only: presentment money is shop money. */
export function moneyBag(minor: number, currency: string): { shopMoney: MoneyV2; presentmentMoney: MoneyV2 } {
  const money = moneyV2(minor, currency);
  return { shopMoney: money, presentmentMoney: money };
}

export function readTexts(json: string): string[] {
  if (json === "[]" || json === "") return [];
  const found: unknown = JSON.parse(json);
  return Array.isArray(found) ? found.filter((entry) => typeof entry === "string") : [];
}

export interface Attribute { readonly key: string; readonly value: string }

/** Attributes are stored as [{key, value}], carts' as {key: value}: both are read. */
export function readAttributes(json: string): Attribute[] {
  if (json === "[]" || json === "{}" || json === "") return [];
  const found: unknown = JSON.parse(json);
  if (Array.isArray(found)) {
    return found.flatMap((entry: unknown) =>
      typeof entry === "object" && entry !== null && "key" in entry && "value" in entry ? [{ key: String(entry.key), value: String(entry.value) }] : [],
    );
  }
  return typeof found === "object" && found !== null ? Object.entries(found).map(([key, value]) => ({ key, value: String(value) })) : [];
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
