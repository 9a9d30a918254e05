/**
 * The columnar picture of one shop that every model reads. Rows are addressed by index, never by id, inside the
 * engine; ids are looked up once at the border. All arrays of a table have its `count` as length unless said otherwise.
 */
export interface Snapshot {
  /** Instant up to which data was read; "now" for every model computed from it. */
  readonly asOfMs: number;
  readonly currency: string;
  readonly timeZone: string;
  readonly customers: CustomerColumns;
  readonly products: ProductColumns;
  readonly orders: OrderColumns;
  readonly lines: LineColumns;
  /** Orders of each customer, oldest first (CSR). Only orders that count: see ORDER_COUNTS. */
  readonly ordersByCustomer: Csr;
}

/** Compressed sparse rows: the values of row i are `values[start[i]] .. values[start[i + 1] - 1]`. */
export interface Csr {
  /** length = rows + 1 */
  readonly start: Int32Array;
  readonly values: Int32Array;
}

/** Text columns are coded: `codes[row]` points into `names`; -1 is "no value". */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

export interface CustomerColumns {
  readonly count: number;
  /** Ascending. */
  readonly id: Float64Array;
  readonly createdAtMs: Float64Array;
  readonly country: CodedColumn;
  /** SUBSCRIBED, NOT_SUBSCRIBED, ... */
  readonly emailConsent: CodedColumn;
}

export interface ProductColumns {
  readonly count: number;
  /** Ascending. Products that were deleted but sold stay, with isListed 0. */
  readonly id: Float64Array;
  readonly type: CodedColumn;
  readonly vendor: CodedColumn;
  readonly priceMinor: Float64Array;
  /** NaN when unknown. */
  readonly costMinor: Float64Array;
  readonly createdAtMs: Float64Array;
  /** 1 = ACTIVE and published */
  readonly isListed: Uint8Array;
  /** 1 = can be bought now: listed, and in stock or not tracked or oversold by policy */
  readonly isAvailable: Uint8Array;
}

/** Set when an order counts for models: not cancelled, not a test, not deleted. */
export const ORDER_COUNTS = 1;
export const ORDER_CANCELLED = 2;
export const ORDER_TEST = 4;
export const ORDER_DISCOUNTED = 8;
export const ORDER_REFUNDED = 16;

export interface OrderColumns {
  readonly count: number;
  /** Sorted by placedAtMs, then id. */
  readonly id: Float64Array;
  readonly placedAtMs: Float64Array;
  /** Row in customers, -1 for a guest. */
  readonly customer: Int32Array;
  /** After discounts and refunds. */
  readonly totalMinor: Float64Array;
  readonly discountMinor: Float64Array;
  readonly refundedMinor: Float64Array;
  readonly flags: Uint8Array;
  /** Lines of order i are lineStart[i] .. lineStart[i + 1] - 1; length = count + 1 */
  readonly lineStart: Int32Array;
}

export interface LineColumns {
  readonly count: number;
  /** Row in products, -1 when the product is unknown (a custom line). */
  readonly product: Int32Array;
  readonly quantity: Int32Array;
  /** Quantity after refunds and edits. */
  readonly currentQuantity: Int32Array;
  /** Whole line before its discounts. */
  readonly grossMinor: Float64Array;
  /** Whole line after its discounts. */
  readonly totalMinor: Float64Array;
}
