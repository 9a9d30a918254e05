-- CreateTable
CREATE TABLE "ProfileVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shopId" INTEGER NOT NULL,
    "asOf" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "seconds" REAL NOT NULL,
    "refreshedAt" DATETIME,
    "shopFigures" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "ProfileBlock" (
    "shopId" INTEGER NOT NULL,
    "versionId" TEXT NOT NULL,
    "firstCustomerId" BIGINT NOT NULL,
    "lastCustomerId" BIGINT NOT NULL,
    "customers" INTEGER NOT NULL,
    "data" BLOB NOT NULL,

    PRIMARY KEY ("shopId", "versionId", "firstCustomerId")
);

-- CreateTable
CREATE TABLE "ProfileTouch" (
    "shopId" INTEGER NOT NULL,
    "customerId" BIGINT NOT NULL,
    "touchedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "customerId")
);

-- CreateIndex
CREATE INDEX "ProfileVersion_shopId_asOf_idx" ON "ProfileVersion"("shopId", "asOf");

