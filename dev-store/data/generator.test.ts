import { describe, expect, it } from "vitest";
import { createStream, seedNumber } from "./counter-rng.ts";
import { drawGamma, drawNegativeBinomial, WeightedIndex } from "./distributions.ts";
import { createCalendar } from "./generate/calendar.ts";
import { OrderNumbers } from "./generate/order-numbers.ts";
import { createPersonSource } from "./generate/person.ts";
import { drawProductImage } from "./images/product-image.ts";
import { shapeForTitle, shapes, type ShapeName } from "./images/shapes.ts";
import { fashion } from "./presets/fashion.ts";
import { grocery } from "./presets/grocery.ts";
import { createProgress } from "./progress.ts";
import { parseSeedOptions } from "./seed-options.ts";
import { slugify } from "./slug.ts";

const many = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => value ** 2)) - mean(values) ** 2;

describe("random numbers", () => {
  it("any slice is found on its own, and neighbours share nothing", () => {
    const first = createStream(7, 3, 123_456);
    const numbers = many(50, first.next);
    const again = createStream(7, 3, 123_456);
    expect(many(50, again.next)).toEqual(numbers);
    for (const [seed, stream, index] of [[8, 3, 123_456], [7, 4, 123_456], [7, 3, 123_457]]) {
      const other = createStream(seed, stream, index);
      expect(many(50, other.next).filter((value, i) => value === numbers[i])).toEqual([]);
    }
  });

  it("is uniform within a stream and across the first numbers of streams", () => {
    const within = createStream(1, 1, 1);
    for (const values of [many(40_000, within.next), Array.from({ length: 40_000 }, (_, i) => createStream(1, 1, i).next())]) {
      const bins = new Array<number>(20).fill(0);
      for (const value of values) bins[Math.floor(value * 20)]++;
      // 19 degrees of freedom: 43.8 is the 99.9 % point.
      expect(bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(43.8);
    }
  });

  it("gamma and negative binomial have the moments of the books", () => {
    const rng = createStream(2, 1, 1);
    const gammas = many(40_000, () => drawGamma(rng, 2.2));
    expect(mean(gammas)).toBeCloseTo(2.2, 1);
    expect(variance(gammas)).toBeGreaterThan(2.1);
    expect(variance(gammas)).toBeLessThan(2.3);
    const small = many(40_000, () => drawGamma(rng, 0.45));
    expect(mean(small)).toBeCloseTo(0.45, 1);
    const counts = many(60_000, () => drawNegativeBinomial(rng, 9, 0.45));
    expect(Math.abs(mean(counts) - 9)).toBeLessThan(0.3);
    // P(0) = (k / (k + m))^k
    expect(counts.filter((count) => count === 0).length / counts.length).toBeCloseTo((0.45 / 9.45) ** 0.45, 2);
  });

  it("draws in proportion to weights", () => {
    const rng = createStream(3, 1, 1);
    const index = new WeightedIndex([1, 0, 3, 6]);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 20_000; i++) counts[index.draw(rng)]++;
    expect(counts[1]).toBe(0);
    expect(counts.map((count) => Math.round(count / 2000))).toEqual([1, 0, 3, 6]);
  });

  it("reads a seed of digits as itself and words as a hash", () => {
    expect(seedNumber("42")).toBe(42);
    expect(seedNumber("spring")).not.toBe(seedNumber("autumn"));
  });
});

describe("calendar", () => {
  const startMs = Date.UTC(2024, 0, 1);
  const endMs = Date.UTC(2026, 0, 1);
  const calendar = createCalendar(startMs, endMs, "America/New_York", fashion.intensity);
  const at = Array.from({ length: 100_000 }, (_, i) => calendar.atFraction((i + 0.5) / 100_000));

  it("keeps order and stays in the window", () => {
    expect(at.every((ms, i) => ms >= startMs && ms < endMs && (i === 0 || ms >= at[i - 1]))).toBe(true);
    expect(Math.abs(calendar.fractionAt(at[31_000]) - 0.31)).toBeLessThan(0.001);
  });

  it("gives each month and each local hour its intensity", () => {
    const share = (wanted: (local: Date) => boolean) => at.filter((ms) => wanted(new Date(ms - 5 * 3_600_000))).length / at.length;
    const days = (month: number) => new Date(Date.UTC(2024, month + 1, 0)).getUTCDate() + new Date(Date.UTC(2025, month + 1, 0)).getUTCDate();
    const november = share((local) => local.getUTCMonth() === 10) / days(10);
    const january = share((local) => local.getUTCMonth() === 0) / days(0);
    expect(november / january).toBeCloseTo(fashion.intensity.months[10] / fashion.intensity.months[0], 1);
    // Only winter months, where New York is five hours behind.
    const winter = at.filter((ms) => [0, 1, 11].includes(new Date(ms).getUTCMonth()));
    const hour = (wanted: number) => winter.filter((ms) => new Date(ms - 5 * 3_600_000).getUTCHours() === wanted).length;
    expect(hour(20) / hour(8)).toBeCloseTo(fashion.intensity.hours[20] / fashion.intensity.hours[8], 1);
  });

  it("order numbers follow time whatever the order of asking", () => {
    const numbers = new OrderNumbers(0, 600_000);
    const instants = [500_000, 10_000, 250_000, 10_500, 130_000];
    for (const ms of instants) numbers.count(ms);
    numbers.open();
    const ranks = instants.map((ms) => numbers.take(ms));
    expect(ranks).toEqual([4, 0, 3, 1, 2]);
    expect(() => new OrderNumbers(0, 1000).take(1)).toThrow(/counted/);
  });
});

describe("people and pictures", () => {
  it("writes to reserved addresses only, and names several cultures", () => {
    const rng = createStream(5, 1, 1);
    const source = createPersonSource(fashion);
    const people = many(3_000, () => source(rng, "x1"));
    for (const { email, phone } of people) {
      expect(email).toMatch(/^[a-z0-9.-]+\.x1@example\.(com|org|net)$/);
      if (phone !== null) expect(phone).toMatch(/^(\+1-\d{3}-555-01\d\d|\+44 7700 900\d{3}|\+33 6 39 98 \d\d \d\d)$/);
    }
    expect(people.some(({ lastName }) => /\p{Script=Han}/u.test(lastName))).toBe(true);
    expect(new Set(people.map(({ countryCode }) => countryCode)).size).toBe(fashion.countries.length);
    expect(new Set(people.map(({ locale }) => locale)).size).toBeGreaterThan(8);
  });

  it("draws every shape as balanced markup, the same bytes each time", () => {
    for (const shape of Object.keys(shapes) as ShapeName[]) {
      for (const draw of [0.05, 0.37, 0.61, 0.93]) {
        const svg = drawProductImage({ shape, colour: "#9caf88", draw });
        expect(svg).toBe(drawProductImage({ shape, colour: "#9caf88", draw }));
        expect(svg).not.toMatch(/NaN|undefined/);
        const open: string[] = [];
        for (const [, closing, name, self] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
          if (closing) expect(open.pop()).toBe(name);
          else if (!self) open.push(name);
        }
        expect(open).toEqual([]);
      }
    }
    expect(drawProductImage({ shape: "mug", colour: "#9caf88", draw: 0.1 })).not.toBe(drawProductImage({ shape: "mug", colour: "#b7573a", draw: 0.1 }));
  });

  it.each([["White Hanging Heart T-Light Holder", "candle"], ["Jumbo Bag Apples", "bag"], ["Union Jack Mug", "mug"], ["Alarm Clock Bakelike Green", "clock"], ["Party Bunting", "bunting"], ["Gumball Coat Rack", "gift"]])("%s is drawn as a %s", (title, shape) => {
    expect(shapeForTitle(title)).toBe(shape);
  });

  it("every category of a preset has a type and every complement names two types", () => {
    for (const preset of [fashion, grocery]) {
      const types = new Set(preset.types.map(({ type }) => type));
      expect(types.size).toBe(preset.types.length);
      for (const pair of preset.complements) expect([types.has(pair.main), types.has(pair.with), pair.main !== pair.with]).toEqual([true, true, true]);
    }
  });

  it.each([["Crème brûlée & Co.", "creme-brulee-co"], ["Millers' Row", "millers-row"], ["茶", "product"]])("slug of %s", (text, slug) => expect(slugify(text)).toBe(slug));
});

describe("options and progress", () => {
  it("refuses what does not fit, naming the option", () => {
    const parse = (...args: string[]) => () => parseSeedOptions(["--data-dir", "d", ...args]);
    expect(parse()).toThrow(/--preset or --import/);
    expect(parse("--preset", "shoes")).toThrow(/--preset/);
    expect(parse("--preset", "fashion", "--customers", "0")).toThrow(/--customers/);
    expect(parse("--preset", "fashion", "--reject-bad-rows")).toThrow(/--reject-bad-rows does not go with --preset/);
    expect(parse("--import", "x", "--customers", "5")).toThrow(/--customers does not go with --import/);
    expect(parse("--import", "x", "--currency", "pounds")).toThrow(/--currency/);
    expect(parse("--preset", "grocery", "--now", "2026-05-01")()).toMatchObject({ kind: "generate", customers: 500, now: Date.UTC(2026, 4, 1) });
  });

  it("without a terminal, says rate and time left in plain lines", () => {
    let now = 0;
    const lines: string[] = [];
    const stream = Object.assign(Object.create(process.stderr), { isTTY: false, write: (text: string) => lines.push(text) > 0 });
    const progress = createProgress(stream, () => now);
    progress.start("orders", 1000);
    for (const [ms, done] of [[1_000, 100], [5_000, 500], [6_000, 600]]) {
      now = ms;
      progress.update(done);
    }
    now = 10_000;
    progress.finish();
    expect(lines).toEqual(["orders: 500 of 1000 (100/s, about 5 s left)\n", "orders: 1000 done in 10.0 s\n"]);
  });
});
