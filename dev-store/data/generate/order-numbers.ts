const MINUTE_MS = 60_000;

/**
 * Orders are made customer by customer, but their numbers must follow time. A first pass counts the orders of every
 * minute of the window; the second takes numbers from its minute's range. Memory: one integer per minute, whatever the
 * number of orders. Within a minute the order is that of the customers.
 */
export class OrderNumbers {
  private readonly slots: Int32Array;
  private counted = 0;
  private isOpen = false;

  constructor(private readonly startMs: number, endMs: number) {
    this.slots = new Int32Array(Math.ceil((endMs - startMs) / MINUTE_MS) + 1);
  }

  get total(): number {
    return this.counted;
  }

  count(atMs: number): void {
    this.slots[this.slotOf(atMs)]++;
    this.counted++;
  }

  /** From here on numbers are taken. */
  open(): void {
    let sum = 0;
    for (let i = 0; i < this.slots.length; i++) {
      const here = this.slots[i];
      this.slots[i] = sum;
      sum += here;
    }
    this.isOpen = true;
  }

  /** Zero-based rank in time. */
  take(atMs: number): number {
    if (!this.isOpen) throw new Error("order numbers are still being counted");
    return this.slots[this.slotOf(atMs)]++;
  }

  private slotOf(atMs: number): number {
    return Math.max(0, Math.min(this.slots.length - 1, Math.floor((atMs - this.startMs) / MINUTE_MS)));
  }
}
