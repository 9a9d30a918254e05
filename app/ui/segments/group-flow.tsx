import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { FlowView } from "#app/core/segment-studio-views.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { useFormat } from "../format/format-context.tsx";
import { layOutFlow, type FlowNode } from "./lay-out-flow.ts";
import { useGroupName } from "./use-group-name.ts";
import { WideFrame } from "../charts/wide-frame.tsx";

const WIDTH = 720;
const HEIGHT = 460;
const NODE = 12;
const LABELS = 150;
const MOST_TOLD = 3;

const colourOf = (group: string) => {
  const index = shopifyGroups.findIndex((name) => name === group);
  return index < 0 ? 10 : index;
};

/** Sankey picture: bands from the group of then to the group of now, as thick as there are customers in them. */
export function GroupFlow({ flows }: { readonly flows: readonly FlowView[] }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const groupName = useGroupName();
  const name = (group: string) => (group === "NOT_YET" ? t("flow.notYet") : groupName(group));
  const { left, right, bands } = layOutFlow(flows, [...shopifyGroups, "NOT_YET"], HEIGHT);
  const x0 = LABELS + NODE;
  const x1 = WIDTH - LABELS - NODE;
  const middle = (x0 + x1) / 2;
  const label = (flow: FlowView) => t("flow.band", { from: name(flow.from), to: name(flow.to), customers: t("flow.customers", { count: flow.count }) });
  const moved = flows.filter(({ from, to }) => from !== to && from !== "NOT_YET").sort((a, b) => b.count - a.count);
  const stayed = flows.filter(({ from, to }) => from === to).reduce((sum, { count }) => sum + count, 0);
  const column = (nodes: readonly FlowNode[], side: "left" | "right") =>
    nodes.map(({ group, y, height, count }) => (
      <g key={group}>
        <rect x={side === "left" ? LABELS : x1} y={y} width={NODE} height={Math.max(1, height)} className={`tessera-colour-${colourOf(group)}`} />
        {height >= 9 ? <text x={side === "left" ? LABELS - 6 : x1 + NODE + 6} y={y + height / 2 + 4} textAnchor={side === "left" ? "end" : "start"}>{`${name(group)} ${format.numberShort(count)}`}</text> : null}
      </g>
    ));
  return (
    <BlockStack gap="300">
      <WideFrame className="tessera-flow" label={t("flow.title")}>
        <svg role="img" aria-label={t("flow.summary", { stayed: format.number(stayed), largest: moved[0] ? label(moved[0]) : "–" })} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
          {bands.map(({ flow, from, to, thickness }) => (
            <path key={`${flow.from} ${flow.to}`} className={`tessera-colour-${colourOf(flow.from)}`} d={`M${x0},${from} C${middle},${from} ${middle},${to} ${x1},${to} v${thickness} C${middle},${to + thickness} ${middle},${from + thickness} ${x0},${from + thickness} Z`}><title>{label(flow)}</title></path>
          ))}
          {column(left, "left")}
          {column(right, "right")}
        </svg>
      </WideFrame>
      <Text as="p">{t("flow.stayed", { customers: t("flow.customers", { count: stayed }) })}</Text>
      <ul className="tessera-plain-list">{moved.slice(0, MOST_TOLD).map((flow) => <li key={`${flow.from} ${flow.to}`}>{label(flow)}</li>)}</ul>
      <TableAlternative caption={t("flow.title")} headings={[t("flow.move"), t("flow.before"), t("flow.after"), t("overlap.customers")]} rows={flows.map((flow) => [`${name(flow.from)} → ${name(flow.to)}`, name(flow.from), name(flow.to), format.number(flow.count)])} />
    </BlockStack>
  );
}
