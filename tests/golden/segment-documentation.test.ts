import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeLanguage } from "#app/engine/segments/language/describe-language.ts";

it("docs/segment-language.md says what the checker does; write it anew with node --import tsx scripts/write-segment-language.mts", () => {
  expect(readFileSync(new URL("../../docs/segment-language.md", import.meta.url), "utf8")).toBe(`${describeLanguage()}\n`);
});
