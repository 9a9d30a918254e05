-- AlterTable
ALTER TABLE "Order" ADD COLUMN "appId" BIGINT;
ALTER TABLE "Order" ADD COLUMN "locationId" BIGINT;

-- CreateTable
CREATE TABLE "Checkout" (
    "shopId" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "customerId" BIGINT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "completedAt" DATETIME,
    "deletedAt" DATETIME,

    PRIMARY KEY ("shopId", "id")
);

-- CreateTable
CREATE TABLE "CustomerMetafield" (
    "shopId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "customerId" BIGINT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("shopId", "name", "customerId")
);

-- CreateTable
CREATE TABLE "StaleCustomer" (
    "shopId" INTEGER NOT NULL,
    "customerId" BIGINT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "customerId")
);

-- CreateIndex
CREATE INDEX "Checkout_shopId_customerId_idx" ON "Checkout"("shopId", "customerId");

-- CreateIndex
CREATE INDEX "CustomerMetafield_shopId_customerId_idx" ON "CustomerMetafield"("shopId", "customerId");

