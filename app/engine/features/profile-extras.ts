import type { CodedColumn } from "../snapshot/snapshot.ts";

/**
 * What profiles read beside the snapshot, by customer row of the whole snapshot. A column that is null (or left out) has no data yet, and so
 * have the figures made of it: they are null too, never a guess.
 */
export interface ProfileExtras {
  readonly province?: CodedColumn | null;
  /** SUBSCRIBED, NOT_SUBSCRIBED, ... */
  readonly smsConsent?: CodedColumn | null;
  /** Of the e-mail address: its domain alone. */
  readonly emailDomain?: CodedColumn | null;
  /** Month * 100 + day; 0 = not known. */
  readonly birthday?: Uint16Array | null;
  readonly channels?: OrderChannels | null;
  readonly variants?: VariantsBought | null;
}

/** Where orders came from (Order.sourceName: web, pos, shopify_draft_order, an app's id ...), over orders that count. */
export interface OrderChannels {
  readonly first: CodedColumn;
  /** Of most orders, the earliest on a tie. */
  readonly main: CodedColumn;
  /** Part of the orders from `main`, 0..1. */
  readonly mainShare: Float64Array;
}

/** Units kept of each variant title ("M / Blue") by customer: those of row i are start[i] .. start[i + 1] - 1. */
export interface VariantsBought {
  readonly start: Int32Array;
  /** Index into titles. */
  readonly title: Int32Array;
  readonly units: Float64Array;
  readonly titles: readonly string[];
}
