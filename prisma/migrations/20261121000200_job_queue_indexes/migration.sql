-- DropIndex
DROP INDEX "Job_shopId_kind_status_idx";

-- CreateIndex
CREATE INDEX "Job_status_shopId_kind_runAfter_idx" ON "Job"("status", "shopId", "kind", "runAfter");

-- CreateIndex
CREATE INDEX "Job_shopId_status_updatedAt_idx" ON "Job"("shopId", "status", "updatedAt");

-- By hand, because Prisma cannot say a partial index: two waiting jobs of a shop never share kind and key.
CREATE UNIQUE INDEX "Job_waiting_dedupe" ON "Job"("shopId", "kind", "dedupeKey") WHERE "status" = 'waiting';
