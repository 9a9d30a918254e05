import { currencyExponent } from "../money.ts";

/**
 * Liquid and the cart API carry hundredths of the currency's unit, whatever the currency: 1,000 yen is 100000, so
 * that themes may divide by 100.
 */
export function toHundredths(minor: number, currency: string): number {
  return minor * 10 ** (2 - currencyExponent(currency));
}

/** Shopify's `shop.money_format` for a currency. */
export function moneyFormat(currency: string): string {
  const symbol = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
  const separated = symbol.length > 1 && /^[A-Z]/.test(symbol) ? `${symbol} ` : symbol;
  if (currencyExponent(currency) === 0) return `${separated}{{amount_no_decimals}}`;
  return currency === "EUR" ? `${separated}{{amount_with_comma_separator}}` : `${separated}{{amount}}`;
}

/** `hundredths` in words by a money format ({{amount}}, {{amount_no_decimals}}, {{amount_with_comma_separator}}, ...). */
export function formatMoney(hundredths: number, format: string): string {
  const places = /no_decimals/.test(format) ? 0 : 2;
  const [thousands, point] = /comma_separator/.test(format) ? [".", ","] : [",", "."];
  const [whole, rest] = (Math.abs(hundredths) / 100).toFixed(places).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (rest ? point + rest : "");
  return `${hundredths < 0 ? "-" : ""}${format.replace(/\{\{\s*\w+\s*\}\}/, () => digits)}`;
}
