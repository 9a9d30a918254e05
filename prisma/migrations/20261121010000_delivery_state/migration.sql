-- AlterTable
ALTER TABLE "SegmentMember" ADD COLUMN "leftAt" DATETIME;

-- AlterTable
ALTER TABLE "DiscountCode" ADD COLUMN "creationId" TEXT;

-- AlterTable
ALTER TABLE "Discount" ADD COLUMN "combinesWith" TEXT NOT NULL DEFAULT '[]';
