-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" DATETIME,
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" DATETIME
);

-- CreateTable
CREATE TABLE "Shop" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "shopifyId" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "planName" TEXT,
    "scopes" TEXT NOT NULL DEFAULT '',
    "installedAt" DATETIME NOT NULL,
    "uninstalledAt" DATETIME,
    "purgeAfter" DATETIME,
    "firstSyncedAt" DATETIME,
    "reconciledAt" DATETIME,
    "settings" TEXT NOT NULL DEFAULT '{}'
);

-- CreateTable
CREATE TABLE "Product" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "productType" TEXT NOT NULL,
    "tags" TEXT NOT NULL DEFAULT '[]',
    "imageUrl" TEXT,
    "imageAlt" TEXT,
    "minPriceMinor" BIGINT NOT NULL,
    "totalInventory" INTEGER NOT NULL,
    "tracksInventory" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "publishedAt" DATETIME,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "Variant" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "productId" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "priceMinor" BIGINT NOT NULL,
    "compareAtMinor" BIGINT,
    "costMinor" BIGINT,
    "inventoryItemId" BIGINT,
    "inventoryQuantity" INTEGER NOT NULL,
    "inventoryPolicy" TEXT NOT NULL,
    "isTracked" BOOLEAN NOT NULL,
    "isAvailable" BOOLEAN NOT NULL,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "Collection" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "ProductCollection" (
    "shopId" INTEGER NOT NULL,
    "productId" BIGINT NOT NULL,
    "collectionId" BIGINT NOT NULL,

    PRIMARY KEY ("shopId", "productId", "collectionId")
);

-- CreateTable
CREATE TABLE "Customer" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "tags" TEXT NOT NULL DEFAULT '[]',
    "locale" TEXT,
    "countryCode" TEXT,
    "provinceCode" TEXT,
    "city" TEXT,
    "emailConsent" TEXT,
    "emailConsentAt" DATETIME,
    "smsConsent" TEXT,
    "emailDomain" TEXT,
    "shopifyRfmGroup" TEXT,
    "shopifySpendTier" TEXT,
    "deletedAt" DATETIME,
    "redactedAt" DATETIME,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "Order" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "customerId" BIGINT,
    "name" TEXT NOT NULL,
    "placedAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "cancelledAt" DATETIME,
    "isTest" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "financialStatus" TEXT,
    "sourceName" TEXT,
    "subtotalMinor" BIGINT NOT NULL,
    "discountMinor" BIGINT NOT NULL,
    "totalMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "orderId" BIGINT NOT NULL,
    "productId" BIGINT,
    "variantId" BIGINT,
    "quantity" INTEGER NOT NULL,
    "currentQuantity" INTEGER NOT NULL,
    "unitPriceMinor" BIGINT NOT NULL,
    "totalMinor" BIGINT NOT NULL,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "OrderDiscount" (
    "shopId" INTEGER NOT NULL,
    "orderId" BIGINT NOT NULL,
    "code" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "orderId", "code")
);

-- CreateTable
CREATE TABLE "Refund" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "orderId" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "amountMinor" BIGINT NOT NULL,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "SyncRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "resource" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "bulkOperationId" TEXT,
    "status" TEXT NOT NULL,
    "objectCount" INTEGER NOT NULL DEFAULT 0,
    "linesApplied" INTEGER NOT NULL DEFAULT 0,
    "rowsApplied" INTEGER NOT NULL DEFAULT 0,
    "fileBytes" BIGINT,
    "error" TEXT,
    "startedAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "WebhookInbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "webhookId" TEXT NOT NULL,
    "shopId" INTEGER,
    "shopDomain" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "eventId" TEXT,
    "apiVersion" TEXT NOT NULL,
    "triggeredAt" DATETIME,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "receivedAt" DATETIME NOT NULL,
    "appliedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "runAfter" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL,
    "lockedBy" TEXT,
    "lockedUntil" DATETIME,
    "progress" TEXT,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ModelRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "asOf" DATETIME NOT NULL,
    "parameters" TEXT NOT NULL,
    "figures" TEXT NOT NULL,
    "seconds" REAL NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "CustomerScore" (
    "shopId" INTEGER NOT NULL,
    "customerId" BIGINT NOT NULL,
    "runId" TEXT NOT NULL,
    "ordersCount" INTEGER NOT NULL,
    "recencyDays" INTEGER,
    "monetaryMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL,
    "firstOrderAt" DATETIME,
    "lastOrderAt" DATETIME,
    "r" INTEGER NOT NULL,
    "f" INTEGER NOT NULL,
    "m" INTEGER NOT NULL,
    "shopifyGroup" TEXT NOT NULL,
    "classicGroup" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "customerId")
);

-- CreateTable
CREATE TABLE "ProductRecommendation" (
    "shopId" INTEGER NOT NULL,
    "productId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "items" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "publishedHash" TEXT,
    "publishedAt" DATETIME,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "productId", "kind")
);

-- CreateTable
CREATE TABLE "Segment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "nativeQuery" TEXT,
    "delivery" TEXT NOT NULL,
    "tag" TEXT,
    "shopifySegmentId" BIGINT,
    "memberCount" INTEGER NOT NULL DEFAULT 0,
    "valueMinor" BIGINT NOT NULL DEFAULT 0,
    "evaluatedAt" DATETIME,
    "publishedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME
);

-- CreateTable
CREATE TABLE "SegmentMember" (
    "shopId" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "customerId" BIGINT NOT NULL,
    "taggedAt" DATETIME,
    "joinedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "segmentId", "customerId")
);

-- CreateTable
CREATE TABLE "Discount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "codeMode" TEXT NOT NULL,
    "code" TEXT,
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME,
    "usageLimit" INTEGER,
    "oncePerCustomer" BOOLEAN NOT NULL,
    "minimumMinor" BIGINT,
    "status" TEXT NOT NULL,
    "error" TEXT,
    "shopifyId" BIGINT,
    "reachedCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "publishedAt" DATETIME,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "DiscountCode" (
    "shopId" INTEGER NOT NULL,
    "discountId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "customerId" BIGINT,
    "status" TEXT NOT NULL,
    "error" TEXT,

    PRIMARY KEY ("shopId", "discountId", "code")
);

-- CreateTable
CREATE TABLE "PrivacyRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER,
    "shopDomain" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customerId" BIGINT,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "result" TEXT,
    "requestedAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "Shop_domain_key" ON "Shop"("domain");

-- CreateIndex
CREATE INDEX "Product_shopId_title_idx" ON "Product"("shopId", "title");

-- CreateIndex
CREATE INDEX "Variant_shopId_productId_idx" ON "Variant"("shopId", "productId");

-- CreateIndex
CREATE INDEX "Variant_shopId_inventoryItemId_idx" ON "Variant"("shopId", "inventoryItemId");

-- CreateIndex
CREATE INDEX "ProductCollection_shopId_collectionId_idx" ON "ProductCollection"("shopId", "collectionId");

-- CreateIndex
CREATE INDEX "Order_shopId_customerId_placedAt_idx" ON "Order"("shopId", "customerId", "placedAt");

-- CreateIndex
CREATE INDEX "Order_shopId_placedAt_idx" ON "Order"("shopId", "placedAt");

-- CreateIndex
CREATE INDEX "OrderLine_shopId_orderId_idx" ON "OrderLine"("shopId", "orderId");

-- CreateIndex
CREATE INDEX "OrderLine_shopId_productId_idx" ON "OrderLine"("shopId", "productId");

-- CreateIndex
CREATE INDEX "OrderDiscount_shopId_code_idx" ON "OrderDiscount"("shopId", "code");

-- CreateIndex
CREATE INDEX "Refund_shopId_orderId_idx" ON "Refund"("shopId", "orderId");

-- CreateIndex
CREATE INDEX "SyncRun_shopId_resource_startedAt_idx" ON "SyncRun"("shopId", "resource", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookInbox_webhookId_key" ON "WebhookInbox"("webhookId");

-- CreateIndex
CREATE INDEX "WebhookInbox_status_receivedAt_idx" ON "WebhookInbox"("status", "receivedAt");

-- CreateIndex
CREATE INDEX "WebhookInbox_shopId_receivedAt_idx" ON "WebhookInbox"("shopId", "receivedAt");

-- CreateIndex
CREATE INDEX "Job_status_runAfter_idx" ON "Job"("status", "runAfter");

-- CreateIndex
CREATE INDEX "Job_shopId_kind_status_idx" ON "Job"("shopId", "kind", "status");

-- CreateIndex
CREATE INDEX "ModelRun_shopId_kind_status_idx" ON "ModelRun"("shopId", "kind", "status");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_shopifyGroup_idx" ON "CustomerScore"("shopId", "shopifyGroup");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_classicGroup_idx" ON "CustomerScore"("shopId", "classicGroup");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_r_f_idx" ON "CustomerScore"("shopId", "r", "f");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_monetaryMinor_idx" ON "CustomerScore"("shopId", "monetaryMinor");

-- CreateIndex
CREATE UNIQUE INDEX "Segment_shopId_name_key" ON "Segment"("shopId", "name");

-- CreateIndex
CREATE INDEX "SegmentMember_shopId_customerId_idx" ON "SegmentMember"("shopId", "customerId");

-- CreateIndex
CREATE INDEX "Discount_shopId_status_idx" ON "Discount"("shopId", "status");

-- CreateIndex
CREATE INDEX "DiscountCode_shopId_code_idx" ON "DiscountCode"("shopId", "code");

-- CreateIndex
CREATE INDEX "PrivacyRequest_shopId_status_idx" ON "PrivacyRequest"("shopId", "status");

-- CreateIndex
CREATE INDEX "AuditLog_shopId_at_idx" ON "AuditLog"("shopId", "at");

