-- CreateTable
CREATE TABLE "OrderAutomaticDiscount" (
    "shopId" INTEGER NOT NULL,
    "orderId" BIGINT NOT NULL,
    "title" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "orderId", "title")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_BundleDiscount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "productIds" TEXT NOT NULL,
    "percent" REAL NOT NULL,
    "method" TEXT NOT NULL DEFAULT 'code',
    "code" TEXT,
    "getsProductId" BIGINT,
    "getsShare" REAL,
    "usesPerOrder" INTEGER,
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME,
    "liveKey" TEXT,
    "status" TEXT NOT NULL,
    "error" TEXT,
    "shopifyId" BIGINT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "endedAt" DATETIME
);
INSERT INTO "new_BundleDiscount" ("code", "createdAt", "endedAt", "error", "id", "percent", "productIds", "shopId", "shopifyId", "startsAt", "liveKey", "status", "title", "updatedAt") SELECT "code", "createdAt", "endedAt", "error", "id", "percent", "productIds", "shopId", "shopifyId", "createdAt", NULL, "status", "title", "updatedAt" FROM "BundleDiscount";
DROP TABLE "BundleDiscount";
ALTER TABLE "new_BundleDiscount" RENAME TO "BundleDiscount";
CREATE INDEX "BundleDiscount_shopId_createdAt_idx" ON "BundleDiscount"("shopId", "createdAt");
CREATE UNIQUE INDEX "BundleDiscount_shopId_code_key" ON "BundleDiscount"("shopId", "code");
CREATE UNIQUE INDEX "BundleDiscount_shopId_liveKey_key" ON "BundleDiscount"("shopId", "liveKey");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "OrderAutomaticDiscount_shopId_title_idx" ON "OrderAutomaticDiscount"("shopId", "title");

