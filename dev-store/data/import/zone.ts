const HOUR_MS = 3_600_000;

/** Turns wall-clock times of one zone into instants. Offsets are looked up once an hour of the clock and remembered. */
export function createZone(timeZone: string): { toInstant(localMs: number): number; toLocal(instantMs: number): number } {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
  const offsetAt = (instantMs: number) => {
    const parts = new Map(format.formatToParts(instantMs).map((part) => [part.type, Number(part.value)]));
    const field = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(field("year"), field("month") - 1, field("day"), field("hour"), field("minute"), field("second")) - Math.floor(instantMs / 1000) * 1000;
  };
  const offsets = new Map<number, number>();
  return {
    toLocal: (instantMs) => instantMs + offsetAt(instantMs),
    toInstant(localMs) {
      const hour = Math.floor(localMs / HOUR_MS);
      let offset = offsets.get(hour);
      if (offset === undefined) {
        const start = hour * HOUR_MS;
        // Twice: the first guess reads the offset of the wrong instant near a change of the clocks.
        offset = offsetAt(start - offsetAt(start - offsetAt(start)));
        offsets.set(hour, offset);
      }
      return localMs - offset;
    },
  };
}
