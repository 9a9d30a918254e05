-- CreateTable
CREATE TABLE "SegmentRevision" (
    "shopId" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "parent" INTEGER,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "segmentId", "number")
);

-- CreateTable
CREATE TABLE "SegmentSize" (
    "shopId" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "memberCount" INTEGER NOT NULL,
    "valueMinor" BIGINT NOT NULL,
    "joined" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "segmentId", "at")
);

-- CreateTable
CREATE TABLE "SegmentEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "shopId" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "customerId" BIGINT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "cause" TEXT
);

-- CreateTable
CREATE TABLE "SegmentClauseBits" (
    "shopId" INTEGER NOT NULL,
    "clause" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "bits" BLOB NOT NULL,

    PRIMARY KEY ("shopId", "clause")
);

-- CreateTable
CREATE TABLE "ChangedCustomer" (
    "shopId" INTEGER NOT NULL,
    "customerId" BIGINT NOT NULL,
    "what" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "refreshedAt" DATETIME,

    PRIMARY KEY ("shopId", "customerId")
);

-- CreateTable
CREATE TABLE "EventEndpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "segmentIds" TEXT,
    "isOn" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "EventDelivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "eventId" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" DATETIME NOT NULL,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Segment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "owner" TEXT,
    "schedule" TEXT NOT NULL DEFAULT 'on-change',
    "isImported" BOOLEAN NOT NULL DEFAULT false,
    "problem" TEXT,
    "nativeQuery" TEXT,
    "delivery" TEXT NOT NULL,
    "tag" TEXT,
    "shopifySegmentId" BIGINT,
    "memberCount" INTEGER NOT NULL DEFAULT 0,
    "undecidedCount" INTEGER NOT NULL DEFAULT 0,
    "valueMinor" BIGINT NOT NULL DEFAULT 0,
    "evaluatedAt" DATETIME,
    "publishedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME
);
-- Definitions of the first slice, said in the segment language.
INSERT INTO "new_Segment" ("archivedAt", "createdAt", "delivery", "evaluatedAt", "id", "memberCount", "name", "nativeQuery", "publishedAt", "shopId", "shopifySegmentId", "tag", "updatedAt", "valueMinor", "query")
SELECT "archivedAt", "createdAt", "delivery", "evaluatedAt", "id", "memberCount", "name", "nativeQuery", "publishedAt", "shopId", "shopifySegmentId", "tag", "updatedAt", "valueMinor", CASE json_extract("definition", '$.kind')
    WHEN 'all-buyers' THEN 'number_of_orders >= 1'
    WHEN 'prospects' THEN 'number_of_orders = 0'
    WHEN 'order-count' THEN CASE
      WHEN json_extract("definition", '$.max') IS NULL THEN 'number_of_orders >= ' || json_extract("definition", '$.min')
      WHEN json_extract("definition", '$.max') = json_extract("definition", '$.min') THEN 'number_of_orders = ' || json_extract("definition", '$.min')
      ELSE 'number_of_orders BETWEEN ' || json_extract("definition", '$.min') || ' AND ' || json_extract("definition", '$.max') END
    WHEN 'spent-at-least' THEN 'amount_spent >= ' || CASE
      WHEN (SELECT "currency" FROM "Shop" WHERE "Shop"."id" = "Segment"."shopId") IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN json_extract("definition", '$.minor')
      WHEN (SELECT "currency" FROM "Shop" WHERE "Shop"."id" = "Segment"."shopId") IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN printf('%d.%03d', json_extract("definition", '$.minor') / 1000, json_extract("definition", '$.minor') % 1000)
      ELSE printf('%d.%02d', json_extract("definition", '$.minor') / 100, json_extract("definition", '$.minor') % 100) END
    WHEN 'lapsed' THEN 'last_order_date < -' || json_extract("definition", '$.days') || 'd'
    WHEN 'shopify-group' THEN 'rfm_group IN (' || (SELECT group_concat('''' || value || '''', ', ') FROM json_each("definition", '$.groups')) || ')'
    WHEN 'classic-group' THEN 'classic_rfm_group IN (' || (SELECT group_concat('''' || value || '''', ', ') FROM json_each("definition", '$.groups')) || ')'
    WHEN 'rfm-cells' THEN 'rfm_code IN (' || (
      WITH score(n) AS (VALUES (1), (2), (3), (4), (5))
      SELECT group_concat('''' || code || '''', ', ') FROM (
        SELECT DISTINCT json_extract(cell.value, '$.r') || f.n || m.n AS code FROM json_each("definition", '$.cells') cell, score f, score m
        WHERE (json_extract(cell.value, '$.f') IS NULL OR json_extract(cell.value, '$.f') = f.n) AND (json_extract(cell.value, '$.fm') IS NULL OR json_extract(cell.value, '$.fm') = (f.n + m.n + 1) / 2)
        ORDER BY code)) || ')'
  END FROM "Segment";
INSERT INTO "SegmentRevision" ("shopId", "segmentId", "number", "name", "query", "actor", "at") SELECT "shopId", "id", 1, "name", "query", 'system', "createdAt" FROM "new_Segment";
INSERT INTO "SegmentSize" ("shopId", "segmentId", "at", "memberCount", "valueMinor", "joined", "left", "reason") SELECT "shopId", "id", "evaluatedAt", "memberCount", "valueMinor", 0, 0, 'recompute' FROM "new_Segment" WHERE "evaluatedAt" IS NOT NULL;
DROP TABLE "Segment";
ALTER TABLE "new_Segment" RENAME TO "Segment";
CREATE UNIQUE INDEX "Segment_shopId_name_key" ON "Segment"("shopId", "name");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "SegmentEvent_shopId_segmentId_at_idx" ON "SegmentEvent"("shopId", "segmentId", "at");

-- CreateIndex
CREATE INDEX "SegmentEvent_shopId_customerId_idx" ON "SegmentEvent"("shopId", "customerId");

-- CreateIndex
CREATE INDEX "ChangedCustomer_shopId_refreshedAt_idx" ON "ChangedCustomer"("shopId", "refreshedAt");

-- CreateIndex
CREATE INDEX "EventEndpoint_shopId_idx" ON "EventEndpoint"("shopId");

-- CreateIndex
CREATE INDEX "EventDelivery_shopId_status_runAfter_idx" ON "EventDelivery"("shopId", "status", "runAfter");

-- CreateIndex
CREATE UNIQUE INDEX "EventDelivery_shopId_eventId_target_key" ON "EventDelivery"("shopId", "eventId", "target");

