/** ISO 4217 code, upper case. */
export type CurrencyCode = string;

/** Whole minor units (cents; yen has none), so sums are exact up to 2^53. */
export interface Money {
  readonly minor: number;
  readonly currency: CurrencyCode;
}

const exponents = new Map<CurrencyCode, number>();

/** Number of minor digits of a currency: 2 for USD, 0 for JPY, 3 for KWD (CLDR, by way of Intl). */
export function currencyExponent(currency: CurrencyCode): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Shopify's decimal string ("12.5") to minor units; digits beyond the currency's are rounded half away from zero. Throws on anything else. */
export function parseMinor(amount: string, currency: CurrencyCode): number {
  const match = DECIMAL.exec(amount);
  if (!match) throw new Error(`not an amount: ${amount.slice(0, 40)}`);
  const exponent = currencyExponent(currency);
  const fraction = (match[3] ?? "").padEnd(exponent + 1, "0");
  const whole = Number(match[2]) * 10 ** exponent + Number(fraction.slice(0, exponent) || "0");
  const rounded = whole + (Number(fraction[exponent]) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(rounded)) throw new Error(`amount out of range: ${amount}`);
  return match[1] && rounded !== 0 ? -rounded : rounded;
}

/** Minor units to the decimal string that Shopify's Decimal and Money scalars take. */
export function formatDecimal(minor: number, currency: CurrencyCode): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(Math.round(minor))).padStart(exponent + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
