import type { FlowView } from "#app/core/segment-studio-views.ts";

export interface FlowNode {
  readonly group: string;
  readonly count: number;
  readonly y: number;
  readonly height: number;
}

export interface FlowBand {
  readonly flow: FlowView;
  /** Upper edges at the left and at the right. */
  readonly from: number;
  readonly to: number;
  readonly thickness: number;
}

const GAP = 6;

/** Places the groups of both times one below the other, in the given order, and the bands between them without overlaps at their ends. */
export function layOutFlow(flows: readonly FlowView[], order: readonly string[], height: number): { readonly left: FlowNode[]; readonly right: FlowNode[]; readonly bands: FlowBand[] } {
  const total = flows.reduce((sum, { count }) => sum + count, 0) || 1;
  const sum = (side: "from" | "to") => order.map((group) => ({ group, count: flows.reduce((all, flow) => all + (flow[side] === group ? flow.count : 0), 0) })).filter(({ count }) => count > 0);
  const [from, to] = [sum("from"), sum("to")];
  const scale = (height - GAP * (Math.max(from.length, to.length) - 1)) / total;
  const place = (groups: readonly { readonly group: string; readonly count: number }[]) => {
    let y = 0;
    return groups.map(({ group, count }): FlowNode => {
      const node = { group, count, y, height: count * scale };
      y += node.height + GAP;
      return node;
    });
  };
  const [left, right] = [place(from), place(to)];
  const nextLeft = new Map(left.map(({ group, y }) => [group, y]));
  const nextRight = new Map(right.map(({ group, y }) => [group, y]));
  const rank = (group: string) => order.indexOf(group);
  const ordered = [...flows].sort((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to));
  const bands = ordered.map((flow): FlowBand => {
    const thickness = flow.count * scale;
    const start = nextLeft.get(flow.from) ?? 0;
    const end = nextRight.get(flow.to) ?? 0;
    nextLeft.set(flow.from, start + thickness);
    nextRight.set(flow.to, end + thickness);
    return { flow, from: start, to: end, thickness };
  });
  return { left, right, bands };
}
