import { parseMinor } from "#app/core/money.ts";
import type { DiscountClass, DiscountKind } from "#app/core/discounts.ts";
import { DAY_MS, dayNumber, dayStartMs } from "#app/core/time.ts";

/** The wizard's fields as they are typed. */
export interface DiscountForm {
  readonly title: string;
  readonly segmentId: string;
  readonly kind: DiscountKind;
  readonly percent: string;
  readonly amount: string;
  readonly codeMode: "shared" | "unique";
  readonly code: string;
  /** Days of the shop, yyyy-mm-dd; the last day is included. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly usageLimit: string;
  readonly oncePerCustomer: boolean;
  readonly minimum: string;
  readonly combinesWith: readonly DiscountClass[];
}

export interface ShopUnits {
  readonly currency: string;
  readonly timeZone: string;
}

export function emptyDiscountForm(segmentId: string, nowMs: number, timeZone: string): DiscountForm {
  return {
    title: "", segmentId, kind: "percentage", percent: "10", amount: "", codeMode: "shared", code: "",
    startsOn: dayText(nowMs, timeZone), endsOn: "",
    usageLimit: "", oncePerCustomer: true, minimum: "", combinesWith: [],
  };
}

/**
 * The form as a DiscountInput, not checked: what cannot be read as a number is sent as it was typed, for the use case to
 * refuse with the field's name (NaN would not do: it is null in JSON, and null means "none"). `title` and `code` stand
 * in for fields left empty.
 */
export function toDiscountInput(form: DiscountForm, shop: ShopUnits, standIn: { title: string; code: string | null }): object {
  return {
    title: form.title.trim() || standIn.title,
    segmentId: form.segmentId,
    value: toValue(form, shop),
    codeMode: form.codeMode,
    code: form.code.trim() || (form.codeMode === "shared" ? standIn.code : null),
    startsAtMs: toDayStartMs(form.startsOn, 0, shop.timeZone),
    endsAtMs: form.endsOn ? toDayStartMs(form.endsOn, 1, shop.timeZone) : null,
    usageLimit: form.codeMode === "shared" && form.usageLimit.trim() ? readNumber(form.usageLimit) : null,
    oncePerCustomer: form.codeMode === "unique" || form.oncePerCustomer,
    minimumMinor: form.minimum.trim() ? readMinor(form.minimum, shop.currency) : null,
    combinesWith: form.combinesWith.filter((name) => !(form.kind === "free-shipping" && name === "shipping")),
  };
}

function toValue(form: DiscountForm, shop: ShopUnits): object {
  switch (form.kind) {
    case "percentage":
      return { kind: "percentage", percent: readNumber(form.percent) };
    case "amount":
      return { kind: "amount", minor: readMinor(form.amount, shop.currency), currency: shop.currency };
    case "free-shipping":
      return { kind: "free-shipping" };
  }
}

function readNumber(text: string): number | string {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}

function readMinor(text: string, currency: string): number | string {
  try {
    return parseMinor(text.trim(), currency);
  } catch {
    return text;
  }
}

/** The shop's day of an instant, as a date field holds it. */
export function dayText(atMs: number, timeZone: string): string {
  return new Date(dayNumber(atMs, timeZone) * DAY_MS).toISOString().slice(0, 10);
}

/** The instant at which the shop's day (or a later one) begins; what cannot be read is passed on as it is. */
export function toDayStartMs(text: string, daysLater: number, timeZone: string): number | string {
  const utcMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(utcMs) ? text : dayStartMs(utcMs / DAY_MS + daysLater, timeZone);
}
