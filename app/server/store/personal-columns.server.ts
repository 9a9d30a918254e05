/**
 * Every column of every table, sorted by what it may tell of a shopper. tests/contract/redaction-columns.test.ts keeps
 * this list equal to the schema, so that a new column cannot be added without deciding whether redaction must reach it.
 */
export interface TablePrivacy {
  /** Says something of one shopper; redaction empties or removes it. */
  readonly personal: readonly string[];
  /** Says nothing of a shopper, or only what the shop must keep for its books. */
  readonly plain: readonly string[];
}

export const columnPrivacy: Readonly<Record<string, TablePrivacy>> = {
  // Staff of the shop, not shoppers; removed when the app is uninstalled.
  Session: {
    personal: [],
    plain: [
      "id", "shop", "state", "isOnline", "scope", "expires", "accessToken", "userId", "firstName", "lastName", "email", "accountOwner", "locale",
      "collaborator", "emailVerified", "refreshToken", "refreshTokenExpires",
    ],
  },
  Shop: {
    personal: [],
    plain: [
      "id", "domain", "name", "shopifyId", "currency", "timeZone", "planName", "scopes", "installedAt", "uninstalledAt", "purgeAfter", "firstSyncedAt",
      "reconciledAt", "settings",
    ],
  },
  Product: {
    personal: [],
    plain: [
      "shopId", "id", "handle", "title", "status", "vendor", "productType", "tags", "description", "imageUrl", "imageAlt", "minPriceMinor", "totalInventory",
      "tracksInventory", "createdAt", "publishedAt", "updatedAt", "deletedAt",
    ],
  },
  Variant: {
    personal: [],
    plain: [
      "shopId", "id", "productId", "title", "sku", "priceMinor", "compareAtMinor", "costMinor", "inventoryItemId", "inventoryQuantity",
      "inventoryPolicy", "isTracked", "isAvailable",
    ],
  },
  Collection: { personal: [], plain: ["shopId", "id", "handle", "title"] },
  ProductCollection: { personal: [], plain: ["shopId", "productId", "collectionId"] },
  // The row stays under its id as a mark, so that a late webhook or a sync does not bring the shopper back.
  Customer: {
    personal: [
      "createdAt", "state", "tags", "locale", "countryCode", "provinceCode", "city", "emailConsent", "emailConsentAt", "smsConsent", "emailDomain",
      "shopifyRfmGroup", "shopifySpendTier", "mergedIntoId",
    ],
    plain: ["shopId", "id", "updatedAt", "deletedAt", "redactedAt"],
  },
  // The sale itself belongs to the shop's books and stays, as a guest's.
  Order: {
    personal: ["customerId", "name"],
    plain: [
      "shopId", "id", "placedAt", "createdAt", "updatedAt", "cancelledAt", "isTest", "currency", "financialStatus", "sourceName", "appId", "locationId", "subtotalMinor",
      "discountMinor", "totalMinor", "refundedMinor", "deletedAt",
    ],
  },
  RecommenderModel: { personal: [], plain: ["shopId", "family", "member", "runId", "parameters", "bytes", "updatedAt"] },
  PairCount: { personal: [], plain: ["shopId", "family", "productId", "baskets", "pairs", "updatedAt"] },
  BundleDiscount: { personal: [], plain: ["id", "shopId", "title", "productIds", "percent", "method", "code", "getsProductId", "getsShare", "usesPerOrder", "startsAt", "endsAt", "liveKey", "status", "error", "shopifyId", "createdAt", "updatedAt", "endedAt"] },
  OrderLine: { personal: [], plain: ["shopId", "id", "orderId", "productId", "variantId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"] },
  OrderDiscount: { personal: [], plain: ["shopId", "orderId", "code"] },
  OrderAutomaticDiscount: { personal: [], plain: ["shopId", "orderId", "title"] },
  Refund: { personal: [], plain: ["shopId", "id", "orderId", "createdAt", "amountMinor"] },
  Checkout: { personal: ["customerId", "createdAt", "updatedAt", "completedAt", "deletedAt"], plain: ["shopId", "id"] },
  CustomerMetafield: { personal: ["customerId", "value"], plain: ["shopId", "name"] },
  StaleCustomer: { personal: ["customerId", "at"], plain: ["shopId"] },
  SyncRun: {
    personal: [],
    plain: [
      "id", "shopId", "resource", "mode", "bulkOperationId", "status", "objectCount", "linesApplied", "rowsApplied", "bytesApplied", "fileBytes",
      "error", "startedAt", "updatedAt", "finishedAt",
    ],
  },
  WebhookInbox: {
    personal: ["payload"],
    plain: [
      "id", "webhookId", "shopId", "shopDomain", "topic", "eventId", "apiVersion", "triggeredAt", "status", "attempts", "error", "receivedAt", "appliedAt",
    ],
  },
  // Payloads name rows of our own, errors are scrubbed before they are saved.
  Job: {
    personal: [],
    plain: [
      "id", "shopId", "kind", "payload", "status", "dedupeKey", "runAfter", "attempts", "maxAttempts", "lockedBy", "lockedUntil", "progress", "error",
      "createdAt", "updatedAt", "finishedAt",
    ],
  },
  ModelRun: {
    personal: [],
    plain: [
      "id", "shopId", "kind", "version", "status", "fingerprint", "asOf", "parameters", "figures", "seconds", "startedAt", "finishedAt",
    ],
  },
  CustomerScore: {
    personal: [
      "customerId", "ordersCount", "recencyDays", "monetaryMinor", "refundedMinor", "firstOrderAt", "lastOrderAt", "r", "f", "m", "shopifyGroup",
      "classicGroup",
    ],
    plain: ["shopId", "runId"],
  },
  CustomerPrediction: {
    personal: [
      "customerId", "expectedOrders90d", "expectedOrders365d", "expectedRevenue365dMinor", "pAlive", "churnProbability", "nextOrderAt", "nextOrderFromAt",
      "nextOrderToAt", "cadenceDays", "cadenceSource", "lifecycleStage", "valueTier", "aovMinor", "discountShare", "refundShare",
    ],
    plain: ["shopId", "runId", "asOf", "churnHorizonDays", "updatedAt"],
  },
  // Figures of the whole shop, kept for no shopper in particular.
  ProfileVersion: {
    personal: [],
    plain: ["id", "shopId", "asOf", "createdAt", "version", "fingerprint", "customers", "bytes", "seconds", "refreshedAt", "shopFigures"],
  },
  // One row holds several shoppers; redaction writes it anew without the one.
  ProfileBlock: { personal: ["firstCustomerId", "lastCustomerId", "data"], plain: ["shopId", "versionId", "customers"] },
  ProfileTouch: { personal: ["customerId", "touchedAt"], plain: ["shopId"] },
  ProductRecommendation: {
    personal: [],
    plain: ["shopId", "productId", "kind", "runId", "items", "hash", "publishedHash", "publishedAt", "updatedAt"],
  },
  Segment: {
    personal: [],
    plain: [
      "id", "shopId", "name", "query", "revision", "owner", "schedule", "isImported", "problem", "nativeQuery", "delivery", "tag", "shopifySegmentId", "memberCount",
      "undecidedCount", "valueMinor", "evaluatedAt", "publishedAt", "createdAt", "updatedAt", "archivedAt",
    ],
  },
  SegmentRevision: { personal: [], plain: ["shopId", "segmentId", "number", "parent", "name", "query", "actor", "at"] },
  SegmentSize: { personal: [], plain: ["shopId", "segmentId", "at", "memberCount", "valueMinor", "joined", "left", "reason"] },
  SegmentEvent: { personal: ["customerId", "segmentId", "at", "kind", "cause"], plain: ["id", "shopId", "reason"] },
  // Every redaction deletes all of the shop's rows, so no row is one shopper's (tests/integration/segment-history.test.ts).
  SegmentClauseBits: { personal: [], plain: ["shopId", "clause", "at", "bits"] },
  ChangedCustomer: { personal: ["customerId", "what", "at", "refreshedAt"], plain: ["shopId"] },
  EventEndpoint: { personal: [], plain: ["id", "shopId", "url", "secret", "segmentIds", "isOn", "createdAt", "updatedAt"] },
  // eventId leads nowhere once the event is gone.
  EventDelivery: { personal: [], plain: ["id", "shopId", "eventId", "target", "status", "attempts", "runAfter", "error", "createdAt", "sentAt"] },
  SegmentMember: { personal: ["customerId", "segmentId", "taggedAt", "joinedAt", "leftAt"], plain: ["shopId"] },
  Discount: {
    personal: [],
    plain: [
      "id", "shopId", "title", "kind", "value", "segmentId", "codeMode", "code", "startsAt", "endsAt", "usageLimit", "oncePerCustomer", "minimumMinor",
      "combinesWith", "status", "error", "shopifyId", "reachedCount", "createdAt", "updatedAt", "publishedAt", "undoneAt",
    ],
  },
  DiscountCode: { personal: ["customerId"], plain: ["shopId", "discountId", "code", "status", "creationId", "error"] },
  // The number of the shopper stays beside the date: it proves that the request was met (GDPR art. 5(2)).
  PrivacyRequest: {
    personal: ["payload", "result"],
    plain: ["id", "shopId", "shopDomain", "kind", "customerId", "status", "requestedAt", "dueAt", "finishedAt"],
  },
  // Ids and counts only, by contract of recordAudit.
  AuditLog: { personal: [], plain: ["id", "shopId", "at", "actor", "action", "subject", "detail"] },
};
