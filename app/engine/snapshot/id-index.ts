const EMPTY = -1;

/** Row of an id, by open addressing over typed arrays: a third of the memory of a Map and no boxed numbers. */
export class IdIndex {
  private readonly slots: Int32Array;
  private readonly mask: number;

  /** `ids` are distinct; the array is kept, not copied. */
  constructor(private readonly ids: Float64Array) {
    let size = 16;
    while (size < ids.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size).fill(EMPTY);
    for (let row = 0; row < ids.length; row++) {
      let slot = this.slotOf(ids[row]);
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & this.mask;
      this.slots[slot] = row;
    }
  }

  /** -1 when the id is unknown or NaN. */
  rowOf(id: number): number {
    for (let slot = this.slotOf(id); ; slot = (slot + 1) & this.mask) {
      const row = this.slots[slot];
      if (row === EMPTY || this.ids[row] === id) return row;
    }
  }

  /** Both halves take part: Shopify's ids grow in steps of powers of two, so the low bits alone collide. */
  private slotOf(id: number): number {
    const high = (id / 4294967296) | 0;
    let hash = Math.imul((id | 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) & this.mask;
  }
}
