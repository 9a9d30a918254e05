import type { CodedColumn, Csr } from "../../snapshot/snapshot.ts";

/** Texts of each row: codes into `names`, as compressed rows. */
export interface ListColumn extends Csr {
  readonly names: readonly string[];
}

/** Things that happened to customers: event e of customer row c for e in start[c] .. start[c + 1] - 1, in any order. */
export interface EventColumn {
  /** length = customers + 1 */
  readonly start: Int32Array;
  readonly atMs: Float64Array;
  /** Id of the activity, product, collection or campaign; NaN when unknown. */
  readonly subjectId: Float64Array;
}

/**
 * What the snapshot does not hold, by attribute name of the language. A name that is absent is "no data yet"; an empty
 * value within a column (NaN, code -1, no element) is a customer of whom it is known that there is none.
 */
export interface ExtraColumns {
  /** Instants, unix ms. */
  readonly dates?: Readonly<Record<string, Float64Array>>;
  /** In the unit of the attribute; money in minor units. */
  readonly numbers?: Readonly<Record<string, Float64Array>>;
  readonly texts?: Readonly<Record<string, CodedColumn>>;
  readonly lists?: Readonly<Record<string, ListColumn>>;
  /** Days of the year, month * 32 + day with January as 0; 0 = none. They answer `anniversary` and nothing else: the year is not known. */
  readonly monthDays?: Readonly<Record<string, Int16Array>>;
  /** By function name: shopify_email.*, storefront_event.*, campaign_event.*. */
  readonly events?: Readonly<Record<string, EventColumn>>;
  /** Rows are products. */
  readonly productTags?: ListColumn;
  /** Rows are products; names are collection ids in decimal. */
  readonly productCollections?: ListColumn;
  /** Rows are lines. */
  readonly lineVariantId?: Float64Array;
  /** Rows are orders. */
  readonly orderAppId?: Float64Array;
  readonly orderLocationId?: Float64Array;
  readonly orderDiscountCodes?: ListColumn;
}
