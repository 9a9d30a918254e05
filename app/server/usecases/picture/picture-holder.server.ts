import type { ShopId } from "#app/core/ids.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { HOUR_MS } from "#app/core/time.ts";
import { readPictureStamp } from "#app/server/store/picture-stamp.server.ts";
import type { ShopPicture } from "./shop-picture.server.ts";
import { buildShopPicture } from "./shop-picture.server.ts";

interface Held {
  readonly picture: ShopPicture;
  readonly stamp: string;
  readonly loadedAtMs: number;
  /** How long reading it took. */
  readonly loadMs: number;
}

/** A picture that loads within this is read anew before the answer, so that a page always shows what was just done. */
const QUICK_MS = 1_500;
/** A slower one answers as it is while the next one is read, and is read at most this share of the time. */
const MOST_LOADING = 0.1;
/** Customers and orders held by one process: some 100 bytes each (docs/performance.md, snapshot). */
const MOST_ROWS = 40_000_000;

/** Keeps the pictures of the shops that were asked about, the least used one goes first. */
export class PictureHolder {
  private readonly held = new Map<ShopId, Held>();
  private readonly loading = new Map<ShopId, Promise<Held>>();

  constructor(private readonly mostRows = MOST_ROWS) {}

  async get(shop: ShopRef, nowMs: number): Promise<ShopPicture> {
    const stamp = stampOf(shop, nowMs);
    const held = this.held.get(shop.id);
    if (!held) return (await this.load(shop, stamp, nowMs)).picture;
    this.held.delete(shop.id);
    this.held.set(shop.id, held);
    if (held.stamp === stamp) return held.picture;
    if (held.loadMs < QUICK_MS) return (await this.load(shop, stamp, nowMs)).picture;
    if (nowMs - held.loadedAtMs > held.loadMs / MOST_LOADING) this.load(shop, stamp, nowMs).catch(() => {});
    return held.picture;
  }

  private load(shop: ShopRef, stamp: string, nowMs: number): Promise<Held> {
    const running = this.loading.get(shop.id);
    if (running) return running;
    const started = performance.now();
    const load = buildShopPicture(shop, nowMs)
      .then((picture) => {
        const held: Held = { picture, stamp, loadedAtMs: nowMs, loadMs: performance.now() - started };
        this.held.delete(shop.id);
        this.held.set(shop.id, held);
        this.dropOldest();
        return held;
      })
      .finally(() => this.loading.delete(shop.id));
    this.loading.set(shop.id, load);
    return load;
  }

  private dropOldest(): void {
    let rows = 0;
    for (const [shopId, { picture }] of [...this.held].reverse()) {
      rows += picture.snapshot.customers.count + picture.snapshot.orders.count;
      if (rows > this.mostRows && this.held.size > 1) this.held.delete(shopId);
    }
  }
}

/** "Now" moves every hour; days and the shop's settings are part of every answer. */
function stampOf({ id, currency, timeZone }: ShopRef, nowMs: number): string {
  return `${Math.floor(nowMs / HOUR_MS)} ${currency} ${timeZone} ${readPictureStamp(id)}`;
}
