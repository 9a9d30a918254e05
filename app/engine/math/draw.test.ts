import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { drawBeta, drawExponential, drawGamma, drawNormal } from "./draw.ts";

const DRAWS = 40_000;

describe("draws have the mean and variance of their distribution", () => {
  it.each([
    ["normal", drawNormal, 0, 1],
    ["exponential, rate 4", (rng: Parameters<typeof drawNormal>[0]) => drawExponential(4, rng), 1 / 4, 1 / 16],
    ["gamma, shape .3, rate 2", (rng: Parameters<typeof drawNormal>[0]) => drawGamma(0.3, 2, rng), 0.15, 0.075],
    ["gamma, shape 7, rate .5", (rng: Parameters<typeof drawNormal>[0]) => drawGamma(7, 0.5, rng), 14, 28],
    ["beta, .8 and 2.4", (rng: Parameters<typeof drawNormal>[0]) => drawBeta(0.8, 2.4, rng), 0.25, (0.8 * 2.4) / (3.2 ** 2 * 4.2)],
  ] as const)("%s", (_, draw, mean, variance) => {
    const rng = createRng(31);
    const values = Array.from({ length: DRAWS }, () => draw(rng));
    const found = values.reduce((sum, v) => sum + v, 0) / DRAWS;
    expect(Math.abs(found - mean)).toBeLessThan(4.5 * Math.sqrt(variance / DRAWS));
    expect(values.reduce((sum, v) => sum + (v - found) ** 2, 0) / DRAWS / variance).toBeCloseTo(1, 1);
  });
});
