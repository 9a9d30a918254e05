-- CreateTable
CREATE TABLE "RecommenderModel" (
    "shopId" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "member" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "family", "member")
);

-- CreateTable
CREATE TABLE "PairCount" (
    "shopId" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "productId" BIGINT NOT NULL,
    "baskets" INTEGER NOT NULL,
    "pairs" BLOB NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "family", "productId")
);

-- CreateTable
CREATE TABLE "BundleDiscount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "productIds" TEXT NOT NULL,
    "percent" REAL NOT NULL,
    "code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "error" TEXT,
    "shopifyId" BIGINT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "endedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "BundleDiscount_shopId_createdAt_idx" ON "BundleDiscount"("shopId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "BundleDiscount_shopId_code_key" ON "BundleDiscount"("shopId", "code");

