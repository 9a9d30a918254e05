import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { computeWholeProfiles } from "#app/engine/features/compute-profiles.ts";
import { computeProfilesOnCores } from "#app/server/usecases/engine/compute-profiles-on-cores.server.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";

describe("profiles on several cores", () => {
  it("are those of one", async () => {
    const rng = createRng(4);
    const orders = Array.from({ length: 3_000 }, (): OrderSpec => ({ customer: 1 + Math.floor(120 * rng.next() ** 2), atMs: Math.floor(rng.next() * 500) * DAY_MS, totalMinor: rng.below(9_000), products: [1 + rng.below(9)] }));
    const products = Array.from({ length: 9 }, (_, i) => ({ id: i + 1, type: `type ${i % 4}`, priceMinor: 100 * (i + 1) }));
    const snapshot = makeSnapshot({ asOfMs: 500 * DAY_MS, timeZone: "Europe/Paris", orders, products });
    const one = computeWholeProfiles(snapshot);
    const several = await computeProfilesOnCores(snapshot, { cores: 3, threadFromOrders: 1 });
    // The spread of discounts is a sum of parts: equal up to rounding. All else is the same to the last digit.
    expect(several.shop.climate.strength).toBeCloseTo(one.shop.climate.strength, 9);
    expect({ ...several.shop, climate: null }).toEqual({ ...one.shop, climate: null });
    const { sensitivity, orientation } = several.profiles;
    for (const name of ["history", "tenureDays", "r", "f", "m", "thirds", "cadence", "stage", "tier", "figures", "typeAffinity", "vendorAffinity", "bandAffinity", "tastes", "variety", "habits", "signs", "anniversaries"] as const) {
      expect(several.profiles[name]).toEqual(one.profiles[name]);
    }
    expect(sensitivity.dependence).toEqual(one.profiles.sensitivity.dependence);
    orientation.loyalty.forEach((value, row) => expect(value).toBeCloseTo(one.profiles.orientation.loyalty[row], 6));
  });
});
