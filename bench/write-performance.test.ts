import { describe, expect, it } from "vitest";
import { insertRow } from "./write-performance.ts";

describe("insertRow", () => {
  it("starts a table, adds to it, and leaves other tables alone", () => {
    const one = insertRow("# Measured\n", "ingest", "| a |");
    const two = insertRow(insertRow(one, "copurchase", "| c |"), "ingest", "| b |");
    expect(two.split("\n## ").map((section) => section.trim().split("\n").at(-1))).toEqual(["# Measured", "| b |", "| c |"]);
    expect(two.indexOf("| a |")).toBeLessThan(two.indexOf("| b |"));
  });
});
