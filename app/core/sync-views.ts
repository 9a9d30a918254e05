/** What the home page is told of the sync. */

export interface SyncResourceView {
  readonly resource: "products" | "customers" | "orders";
  /** waiting: not asked for yet; preparing: Shopify writes the file; reading: the file comes in */
  readonly state: "waiting" | "preparing" | "reading" | "done" | "failed";
  /** Objects written by Shopify while preparing, lines read while reading. */
  readonly done: number;
  /** null while nobody knows. */
  readonly total: number | null;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  readonly rows: number;
  readonly error: string | null;
}

export interface SyncProgressView {
  readonly state: "not-started" | "running" | "done" | "failed";
  readonly resources: readonly SyncResourceView[];
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly firstSyncedAtMs: number | null;
  readonly reconciledAtMs: number | null;
  /** Without the scope read_all_orders Shopify gives an app the orders of the last 60 days only. */
  readonly orderHistory: "all" | "last-60-days";
}
