/** What the privacy page is given. */
import type { PageOf } from "./activity-views.ts";
import type { CustomerField } from "./customer-fields.ts";

export interface PrivacyRequestView {
  readonly id: string;
  readonly kind: "data_request" | "customer_redact" | "shop_redact";
  readonly customerId: number | null;
  readonly requestedAtMs: number;
  readonly dueAtMs: number;
  readonly finishedAtMs: number | null;
  readonly status: "received" | "done" | "failed";
  /** An export that is still kept and may be opened. */
  readonly hasExport: boolean;
}

export interface AuditEntryView {
  readonly id: string;
  readonly atMs: number;
  /** "app", "system" or the Shopify user id. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
}

/** How long each kind of record is kept. */
export interface RetentionView {
  readonly finishedJobs: number;
  readonly appliedWebhooks: number;
  readonly customerExports: number;
  readonly replacedModelRuns: number;
  readonly checkouts: number;
  readonly audit: number;
  readonly afterUninstallHours: number;
}

export interface PrivacyView {
  readonly requests: PageOf<PrivacyRequestView>;
  readonly audit: PageOf<AuditEntryView>;
  readonly retention: RetentionView;
  /** Groups with fewer customers show no breakdown. */
  readonly smallestGroup: number;
}

/** The data of one shopper, to be handed over by the merchant. */
export interface CustomerExportView {
  readonly fileName: string;
  /** JSON, indented */
  readonly text: string;
}

/** Customer fields of the store that segments may be let ask. */
export interface CustomerFieldsView {
  readonly fields: readonly CustomerField[];
  /** Names of those that were let in. */
  readonly chosen: readonly string[];
  readonly most: number;
}
