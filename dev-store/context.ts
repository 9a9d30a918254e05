/**
 * What the parts of the dev store hand each other. Every part gets one DevStoreContext; the storefront is mounted with
 * it as `createStorefront(context)` and answers every path that the Admin side does not own.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "better-sqlite3";

/** A part of the server: true when it has answered (or taken over) the request, false when the path is not its own. */
export type RequestHandler = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean>;

export interface StoreClock {
  /** The shop's time: wall time plus meta.clock_offset_ms. Everything the store records is dated with it. */
  nowMs(): number;
  /** Real time, for what a party outside checks against its own clock: id tokens, token expiry, app proxy timestamps. */
  wallMs(): number;
}

export interface WebhookSubscription {
  readonly topic: string;
  /** Absolute address, already joined to --app-url. */
  readonly uri: string;
  readonly name: string | null;
}

export interface MetafieldDefinition {
  /** PRODUCT, CUSTOMER, ... */
  readonly ownerType: string;
  /** As stored: `app--<app id>` for `$app`. */
  readonly namespace: string;
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly storefrontAccess: "PUBLIC_READ" | "NONE";
}

/** shopify.app.toml as `shopify app deploy` would have sent it. */
export interface AppConfig {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly webhookApiVersion: string;
  readonly subscriptions: readonly WebhookSubscription[];
  /** `url` is absolute with --app-url's origin; the storefront path is `/${prefix}/${subpath}`. */
  readonly appProxy: { readonly url: string; readonly prefix: string; readonly subpath: string } | null;
  readonly metafieldDefinitions: readonly MetafieldDefinition[];
}

export interface StoreConfig {
  /** Origin this process listens on, without a slash at the end: http://127.0.0.1:4100 */
  readonly origin: string;
  readonly dataDir: string;
  /** Without a slash at the end. */
  readonly appUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly extensionsDir: string;
  readonly app: AppConfig;
  /** What `$app` stands for in the metafields table: `app--<app id>`; `$app:x` is `app--<app id>--x`. */
  readonly appNamespace: string;
  /** First wait before a failed webhook is tried again; doubles each time (Shopify: 8 tries within 4 hours). */
  readonly webhookRetryBaseMs: number;
}

export interface ShopFacts {
  readonly id: number;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /** Flat shipping rate in minor units (meta.shipping_rate). */
  readonly shippingRate: number;
}

/** One line to price: `price` is per piece, minor units. */
export interface PricedLine {
  readonly productId: number;
  readonly variantId: number;
  readonly quantity: number;
  readonly price: number;
}

export interface DiscountSubject {
  readonly lines: readonly PricedLine[];
  readonly customerId: number | null;
  readonly email: string | null;
  readonly countryCode: string | null;
}

export type DiscountRefusalReason =
  | "not-found" | "not-started" | "expired" | "inactive" | "usage-limit" | "already-used" | "needs-customer"
  | "not-eligible" | "minimum-subtotal" | "minimum-quantity" | "no-matching-items" | "country" | "shipping-price" | "better-discount";

export interface AppliedDiscount {
  readonly discountId: number;
  /** Null for one that applies by itself. */
  readonly codeId: number | null;
  /** As stored, whatever case the shopper typed; the title of one that applies by itself. */
  readonly code: string;
  readonly title: string;
  readonly kind: "percentage" | "fixed_amount" | "free_shipping" | "bxgy";
  /** Minor units off each line, in the order of `lines`; their sum is `amount` unless shipping is free. */
  readonly lineAmounts: readonly number[];
  readonly amount: number;
  readonly shippingAmount: number;
}

export type DiscountDecision =
  | ({ readonly ok: true } & AppliedDiscount)
  | { readonly ok: false; readonly reason: DiscountRefusalReason; readonly message: string };

/** What a cart or an order pays less, all discounts together. */
export interface CartDiscounts {
  /** What the rules say of the code; null without one. */
  readonly decision: DiscountDecision | null;
  readonly applied: readonly AppliedDiscount[];
  readonly lineAmounts: readonly number[];
  readonly amount: number;
  readonly shippingAmount: number;
}

export interface DiscountRules {
  /** Would this code apply now, to this cart and this customer? Never changes anything. Messages are English, for shoppers. */
  evaluate(code: string, subject: DiscountSubject): DiscountDecision;
  /** The code and the discounts that apply by themselves, as far as they may stand together: the set that takes off most. */
  choose(code: string | null, subject: DiscountSubject): CartDiscounts;
}

export interface PlaceOrderInput {
  /** Null with an e-mail finds or creates the customer of that address; null without one is a guest without a customer. */
  readonly customerId: number | null;
  readonly email: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly countryCode?: string | null;
  readonly acceptsMarketing?: boolean;
  readonly lines: readonly { variantId: number; quantity: number; properties?: Readonly<Record<string, string>> }[];
  readonly discountCode?: string | null;
  /** Cart attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly sourceName?: string;
}

export interface PlacedOrder {
  readonly id: number;
  readonly name: string;
  /** For /orders/:token. */
  readonly token: string;
  readonly customerId: number | null;
  readonly subtotal: number;
  readonly totalDiscounts: number;
  readonly shipping: number;
  readonly total: number;
}

export type StoreOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: "not-found" | "invalid" | "out-of-stock" | "discount"; readonly message: string };

export interface OrderDesk {
  /** Checks stock and the code, writes everything in one transaction and emits the webhooks. */
  place(input: PlaceOrderInput): StoreOutcome<PlacedOrder>;
  /** Without lines: everything that is left. Restocks. */
  refund(orderId: number, lines?: readonly { lineItemId: number; quantity: number }[]): StoreOutcome<{ refundId: number; amount: number }>;
  cancel(orderId: number): StoreOutcome<{ orderId: number }>;
}

export interface DevStoreContext {
  readonly db: Database;
  readonly clock: StoreClock;
  readonly config: StoreConfig;
  readonly shop: ShopFacts;
  readonly discounts: DiscountRules;
  readonly orders: OrderDesk;
  /** Builds the payload from the store's rows now and queues one delivery for each subscription of the topic. */
  emitWebhook(topic: string, resourceId: number): void;
}
