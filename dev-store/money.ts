const exponents = new Map<string, number>();

/** Minor digits of a currency: 2 for USD, 0 for JPY. */
export function currencyExponent(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/** Minor units as Shopify writes amounts: "12.50", "-3.00"; yen as "1200.0" would be wrong for REST, so "1200". */
export function formatAmount(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** A Decimal or Money input ("12.5", 12.5) to minor units; null when it is not a number. */
export function parseAmount(amount: string | number, currency: string): number | null {
  const text = String(amount).trim();
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  const scale = 10 ** currencyExponent(currency);
  const [whole, fraction = ""] = text.replace("-", "").split(".");
  const minor = Number(whole) * scale + Math.round(Number(`0.${fraction || "0"}`) * scale);
  return text.startsWith("-") ? -minor : minor;
}
