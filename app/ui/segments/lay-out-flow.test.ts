import { describe, expect, it } from "vitest";
import { layOutFlow } from "./lay-out-flow.ts";

describe("layOutFlow", () => {
  it("fills each group's bar with its bands, without overlap, within the height", () => {
    const flows = [{ from: "A", to: "A", count: 6 }, { from: "A", to: "B", count: 2 }, { from: "B", to: "A", count: 1 }, { from: "C", to: "B", count: 3 }];
    const { left, right, bands } = layOutFlow(flows, ["A", "B", "C"], 100);
    expect(left.map(({ group, count }) => [group, count])).toEqual([["A", 8], ["B", 1], ["C", 3]]);
    expect(right.map(({ group, count }) => [group, count])).toEqual([["A", 7], ["B", 5]]);
    for (const [nodes, side, edge] of [[left, "from", "from"], [right, "to", "to"]] as const) {
      for (const node of nodes) {
        const inside = bands.filter(({ flow }) => flow[side] === node.group).sort((a, b) => a[edge] - b[edge]);
        expect(inside[0][edge]).toBeCloseTo(node.y);
        inside.forEach((band, index) => expect(band[edge] + band.thickness).toBeCloseTo(inside[index + 1]?.[edge] ?? node.y + node.height));
      }
      expect(Math.max(...nodes.map(({ y, height }) => y + height))).toBeLessThanOrEqual(100.0001);
    }
  });
});
