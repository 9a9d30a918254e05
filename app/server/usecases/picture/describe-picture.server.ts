import type { ShopPicture } from "./shop-picture.server.ts";

export interface PictureFacts {
  /** Data was read up to here. */
  readonly asOfMs: number;
  readonly customers: number;
  readonly orders: number;
}

export function describePicture({ snapshot }: ShopPicture, _input: null): PictureFacts {
  return { asOfMs: snapshot.asOfMs, customers: snapshot.customers.count, orders: snapshot.orders.count };
}
