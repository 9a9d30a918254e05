import { FIRST_ID } from "./store-ids.ts";
import type { StoreWriter } from "./store-writer.ts";

export interface ShopMeta {
  readonly shopDomain: string;
  readonly shopName: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly shippingRate: number;
  readonly seed: string;
  readonly nextOrderNumber: number;
  /** Where the rows came from: generated:fashion, imported:online-retail. */
  readonly source: string;
}

export function writeShopMeta(writer: StoreWriter, meta: ShopMeta): void {
  writer.setMeta("shop_id", FIRST_ID.shop);
  writer.setMeta("shop_domain", meta.shopDomain);
  writer.setMeta("shop_name", meta.shopName);
  writer.setMeta("currency", meta.currency);
  writer.setMeta("time_zone", meta.timeZone);
  writer.setMeta("shipping_rate", meta.shippingRate);
  writer.setMeta("seed", meta.seed);
  writer.setMeta("source", meta.source);
  writer.setMeta("clock_offset_ms", 0);
  writer.setMeta("next_order_number", meta.nextOrderNumber);
}
