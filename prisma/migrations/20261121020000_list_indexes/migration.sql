-- DropIndex
DROP INDEX "CustomerScore_shopId_r_f_idx";

-- DropIndex
DROP INDEX "CustomerScore_shopId_monetaryMinor_idx";

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_r_f_m_shopifyGroup_classicGroup_monetaryMinor_idx" ON "CustomerScore"("shopId", "r", "f", "m", "shopifyGroup", "classicGroup", "monetaryMinor");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_monetaryMinor_customerId_idx" ON "CustomerScore"("shopId", "monetaryMinor", "customerId");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_lastOrderAt_customerId_idx" ON "CustomerScore"("shopId", "lastOrderAt", "customerId");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_ordersCount_customerId_idx" ON "CustomerScore"("shopId", "ordersCount", "customerId");

-- CreateIndex
CREATE INDEX "DiscountCode_shopId_customerId_idx" ON "DiscountCode"("shopId", "customerId");
