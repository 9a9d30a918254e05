-- The text of a product, for likeness of products.
ALTER TABLE "Product" ADD COLUMN "description" TEXT NOT NULL DEFAULT '';
