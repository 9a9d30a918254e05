-- DropIndex
DROP INDEX "CustomerScore_shopId_r_f_idx";

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_r_f_m_shopifyGroup_classicGroup_monetaryMinor_idx" ON "CustomerScore"("shopId", "r", "f", "m", "shopifyGroup", "classicGroup", "monetaryMinor");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_lastOrderAt_idx" ON "CustomerScore"("shopId", "lastOrderAt");

-- CreateIndex
CREATE INDEX "CustomerScore_shopId_ordersCount_idx" ON "CustomerScore"("shopId", "ordersCount");
