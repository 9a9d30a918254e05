import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Progress } from "../progress.ts";
import { drawProductImage, type ImageSpec } from "./product-image.ts";

/** One SVG file a product under D/images. */
export function writeImages(dataDir: string, products: readonly { readonly imagePath: string | null; readonly image: ImageSpec }[], progress: Progress): void {
  const folder = path.join(dataDir, "images");
  mkdirSync(folder, { recursive: true });
  products.forEach((product, i) => {
    if (product.imagePath !== null) writeFileSync(path.join(folder, product.imagePath), drawProductImage(product.image));
    if ((i & 127) === 0) progress.update(i);
  });
}
