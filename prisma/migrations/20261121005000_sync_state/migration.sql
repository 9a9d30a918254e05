-- Where a resumed bulk download starts, and whose orders a merged customer's are.
ALTER TABLE "SyncRun" ADD COLUMN "bytesApplied" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "Customer" ADD COLUMN "mergedIntoId" BIGINT;
