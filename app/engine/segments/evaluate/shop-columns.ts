import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import { currencyExponent } from "#app/core/money.ts";
import { computeBuyingHistory } from "../../features/buying-history.ts";
import { computeCadence } from "../../features/cadence.ts";
import { computeLifecycle, computeSilenceThresholds } from "../../features/lifecycle.ts";
import { computeOrderShares } from "../../features/order-shares.ts";
import { classicGroupAt, computeRfm, shopifyGroupAt } from "../../features/rfm.ts";
import { computeValueTiers } from "../../features/value-tiers.ts";
import type { CodedColumn, Snapshot } from "../../snapshot/snapshot.ts";
import { lifecycleNames, valueTierNames } from "../language/tessera-attributes.ts";
import type { ExtraColumns, ListColumn } from "./columns.ts";

/** One attribute's values, by customer row. In `numbers`, NaN marks a customer without the value; one kind of array keeps the loops over them fast. */
export type Column =
  | { readonly kind: "numbers"; readonly values: Float64Array; readonly isDate: boolean }
  | { readonly kind: "texts"; readonly values: CodedColumn }
  | { readonly kind: "lists"; readonly values: ListColumn };

/** The columns that the language can ask for, computed when first asked and kept as long as the snapshot. */
export class ShopColumns {
  private readonly known = new Map<string, Column | null>();
  private readonly history = lazy(() => computeBuyingHistory(this.snapshot));
  private readonly shares = lazy(() => computeOrderShares(this.snapshot));
  private readonly cadence = lazy(() => computeCadence(this.snapshot));
  private readonly rfm = lazy(() => computeRfm(this.history()));
  /** Minor units in one written unit of money. */
  readonly moneyScale: number;

  constructor(readonly snapshot: Snapshot, readonly extra: ExtraColumns = {}) {
    this.moneyScale = 10 ** currencyExponent(snapshot.currency);
  }

  /** Null when the shop has no data for the attribute yet. */
  find(name: string): Column | null {
    let column = this.known.get(name);
    if (column === undefined) {
      column = this.fromExtra(name) ?? this.fromSnapshot(name);
      this.known.set(name, column);
    }
    return column;
  }

  private fromExtra(name: string): Column | null {
    const { dates, numbers: values, texts, lists } = this.extra;
    if (dates?.[name]) return numbers(dates[name], true);
    if (values?.[name]) return numbers(values[name]);
    if (texts?.[name]) return { kind: "texts", values: texts[name] };
    return lists?.[name] ? { kind: "lists", values: lists[name] } : null;
  }

  private fromSnapshot(name: string): Column | null {
    const { customers } = this.snapshot;
    switch (name) {
      case "customer_added_date":
        return numbers(customers.createdAtMs, true);
      case "first_order_date":
        return numbers(this.history().firstOrderAtMs, true);
      case "last_order_date":
        return numbers(this.history().lastOrderAtMs, true);
      case "amount_spent":
        return numbers(this.history().monetaryMinor);
      case "number_of_orders":
        return numbers(toNumbers(this.history().ordersCount));
      case "recency_days":
        return numbers(toNumbers(this.history().recencyDays, -1));
      case "customer_countries":
        return { kind: "lists", values: singleton(customers.country) };
      case "email_subscription_status":
        return { kind: "texts", values: customers.emailConsent };
      case "average_order_value":
        return numbers(this.shares().averageOrderMinor);
      case "refund_share":
        return numbers(this.shares().refundShare);
      case "discount_share":
        return numbers(this.shares().discountShare);
      case "cancel_share":
        return numbers(this.shares().cancelShare);
      case "units_bought":
        return numbers(this.shares().units);
      case "average_days_between_orders":
        return numbers(this.cadence().meanDays);
      case "cadence_days":
        return numbers(this.cadence().cadenceDays);
      case "rfm_recency_score":
        return numbers(toNumbers(this.rfm().r, 0));
      case "rfm_frequency_score":
        return numbers(toNumbers(this.rfm().f, 0));
      case "rfm_monetary_score":
        return numbers(toNumbers(this.rfm().m, 0));
      case "rfm_code":
        return this.code(rfmCodes, (row) => (this.rfm().r[row] === 0 ? -1 : (this.rfm().r[row] - 1) * 25 + (this.rfm().f[row] - 1) * 5 + this.rfm().m[row] - 1));
      case "rfm_group":
      case "computed_rfm_group":
        return this.code(shopifyGroups, (row) => shopifyGroups.indexOf(shopifyGroupAt(this.rfm(), row)));
      case "classic_rfm_group":
        return this.code(classicGroups, (row) => {
          const group = classicGroupAt(this.rfm(), row);
          return group === "PROSPECTS" ? -1 : classicGroups.indexOf(group);
        });
      case "lifecycle_stage": {
        const stages = computeLifecycle(this.history(), this.cadence(), computeSilenceThresholds(this.cadence()));
        return this.code(lifecycleNames, (row) => stages[row]);
      }
      case "value_tier": {
        const tiers = computeValueTiers(this.history().monetaryMinor);
        return this.code(valueTierNames, (row) => (tiers[row] === 0 ? -1 : tiers[row]));
      }
      default:
        return null;
    }
  }

  private code(names: readonly string[], codeOf: (row: number) => number): Column {
    return { kind: "texts", values: { names, codes: Int32Array.from({ length: this.snapshot.customers.count }, (_, row) => codeOf(row)) } };
  }
}

function lazy<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: compute() }).value;
}

const fives = ["1", "2", "3", "4", "5"];
const rfmCodes = fives.flatMap((r) => fives.flatMap((f) => fives.map((m) => r + f + m)));

function numbers(values: Float64Array, isDate = false): Column {
  return { kind: "numbers", values, isDate };
}

/** `absent` is what the column writes where there is no value. */
function toNumbers(values: Int32Array | Uint8Array, absent?: number): Float64Array {
  const copy = Float64Array.from(values);
  if (absent !== undefined) for (let row = 0; row < copy.length; row++) if (copy[row] === absent) copy[row] = NaN;
  return copy;
}

function singleton({ codes, names }: CodedColumn): ListColumn {
  const start = new Int32Array(codes.length + 1);
  for (let row = 0; row < codes.length; row++) start[row + 1] = start[row] + (codes[row] < 0 ? 0 : 1);
  return { start, values: codes.filter((code) => code >= 0), names };
}
