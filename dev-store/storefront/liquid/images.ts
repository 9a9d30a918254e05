import { imageUrl } from "../../image-url.ts";
import type { ProductRecord } from "../catalog/product-record.ts";

/** What Liquid sees as an image. Product pictures are square; the server answers one size whatever width is asked. */
export interface ImageDrop {
  readonly src: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly aspect_ratio: number;
}

const SIDE = 1200;

export function imageOf(product: Pick<ProductRecord, "imagePath" | "imageAlt" | "title">): ImageDrop | null {
  if (!product.imagePath) return null;
  return { src: imageUrl(product.imagePath, ""), alt: product.imageAlt ?? product.title, width: SIDE, height: SIDE, aspect_ratio: 1 };
}
