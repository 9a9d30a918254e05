import { expect, it } from "vitest";
import { lineageOf } from "#app/core/field-lineage.ts";
import { isProfileFieldName } from "#app/core/profile-fields.ts";
import { profileLineage } from "#app/engine/features/profile-lineage.ts";

const said = Object.entries(profileLineage).flatMap(([name, { sources, window }]) => (isProfileFieldName(name) ? [{ name, sources: [...sources].sort(), isHalved: window.includes("half as much") }] : []));

it("says of every figure the tables and the window that the engine names", () => {
  expect(said.length).toBeGreaterThan(25);
  const shown = said.map(({ name }) => ({ name, sources: [...lineageOf(name).sources].sort(), isHalved: lineageOf(name).window === "halved" }));
  expect(shown).toEqual(said);
});
