/**
 * Arrays for the length of one clause, by name: fresh ones of megabytes cost more in page faults than the pass that fills them. What is taken is
 * zeroed, and good until the same name is taken again.
 */
export class ScratchColumns {
  private readonly floats = new Map<string, Float64Array>();
  private readonly bytes = new Map<string, Uint8Array>();

  takeFloats(name: string, length: number): Float64Array {
    const kept = this.floats.get(name);
    if (kept?.length === length) return kept.fill(0);
    const fresh = new Float64Array(length);
    this.floats.set(name, fresh);
    return fresh;
  }

  takeBytes(name: string, length: number): Uint8Array {
    const kept = this.bytes.get(name);
    if (kept?.length === length) return kept.fill(0);
    const fresh = new Uint8Array(length);
    this.bytes.set(name, fresh);
    return fresh;
  }
}
