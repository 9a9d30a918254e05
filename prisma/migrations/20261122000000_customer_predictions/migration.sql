-- CreateTable
CREATE TABLE "CustomerPrediction" (
    "shopId" INTEGER NOT NULL,
    "customerId" BIGINT NOT NULL,
    "runId" TEXT NOT NULL,
    "asOf" DATETIME NOT NULL,
    "expectedOrders90d" REAL,
    "expectedOrders365d" REAL,
    "expectedRevenue365dMinor" BIGINT,
    "pAlive" REAL,
    "churnProbability" REAL,
    "churnHorizonDays" INTEGER NOT NULL,
    "nextOrderAt" DATETIME,
    "nextOrderFromAt" DATETIME,
    "nextOrderToAt" DATETIME,
    "cadenceDays" REAL,
    "cadenceSource" TEXT NOT NULL,
    "lifecycleStage" TEXT NOT NULL,
    "valueTier" TEXT NOT NULL,
    "aovMinor" BIGINT,
    "discountShare" REAL,
    "refundShare" REAL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("shopId", "customerId")
);

-- CreateIndex
CREATE INDEX "CustomerPrediction_shopId_lifecycleStage_idx" ON "CustomerPrediction"("shopId", "lifecycleStage");

