import { BlockStack, Button, ButtonGroup, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { classicGroups, shopifyGroups, type ClassicGroup, type ShopifyGroup } from "#app/core/customer-groups.ts";
import type { Failure } from "#app/core/failure.ts";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import { cellsToQuery, oneOf } from "#app/engine/segments/rfm-query.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { CreateSegment } from "./create-segment.tsx";
import { RfmGrid } from "./rfm-grid.tsx";
import { cellKey, drawCells, listGroups, type GridCell, type GridView } from "./rfm-picture.ts";
import { useGroupName } from "./use-group-name.ts";

/** The grid, the groups beside it, and what has been chosen in either. */
export function GridExplorer({ grid, failure }: { grid: RfmGridView; failure: Failure | null }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const groupName = useGroupName();
  const [view, setView] = useState<GridView>("shopify");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [group, setGroup] = useState<string | null>(null);
  const cells = drawCells(grid.codes, view);
  const groups = listGroups(grid.codes, view, view === "shopify" ? shopifyGroups : classicGroups);
  const share = (minor: number) => format.percent(grid.spentMinor > 0 ? minor / grid.spentMinor : 0, 1);

  const choose = (next: { view?: GridView; chosen?: ReadonlySet<string>; group?: string | null }) => {
    setView(next.view ?? view);
    setChosen(next.chosen ?? new Set());
    setGroup(next.group ?? null);
  };
  const toggleCell = (cell: GridCell) => {
    const next = new Set(chosen);
    if (!next.delete(cellKey(cell))) next.add(cellKey(cell));
    choose({ chosen: next });
  };
  const chosenCells = cells.filter((cell) => chosen.has(cellKey(cell)));
  const chosenGroup = groups.find((figures) => figures.group === group);
  const parts = chosenGroup ? [chosenGroup] : chosenCells;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const spentMinor = parts.reduce((sum, part) => sum + part.spentMinor, 0);

  return (
    <SectionCard title={t("grid.title")} text={t("grid.text", { buyers: t("buyers", { count: grid.buyers }), day: format.dateTime(grid.asOfMs) })}>
      <InlineStack gap="300" blockAlign="center">
        <ButtonGroup variant="segmented">
          <Button pressed={view === "shopify"} onClick={() => choose({ view: "shopify" })}>{t("grid.views.shopify")}</Button>
          <Button pressed={view === "classic"} onClick={() => choose({ view: "classic" })}>{t("grid.views.classic")}</Button>
        </ButtonGroup>
        <Text as="span" tone="subdued">{t(`grid.viewText.${view}`)}</Text>
      </InlineStack>
      <div className="tessera-columns is-halves">
        <BlockStack gap="300">
          <RfmGrid grid={grid} view={view} cells={cells} chosen={chosen} group={group} onToggle={toggleCell} />
          <Text as="p" variant="bodySm" tone="subdued">{t("grid.legend")}</Text>
          <TableAlternative
            caption={t(`grid.label.${view}`)}
            headings={[t("grid.table.cell"), t("grid.table.customers"), t("grid.table.share"), t("grid.table.groups")]}
            rows={cells.map((cell) => [t("grid.table.name", { r: cell.r, y: cell.y }), format.number(cell.count), share(cell.spentMinor), format.list(cell.groups.map(groupName))])}
          />
        </BlockStack>
        <ul className="tessera-groups" aria-label={t("grid.groups")}>
          {groups.map((figures) => (
            <li key={figures.group}>
              <button type="button" aria-pressed={figures.group === group} onClick={() => choose({ group: figures.group === group ? null : figures.group })}>
                <Text as="span" fontWeight="medium">{groupName(figures.group)}</Text>
                <span className="tessera-groups-figures">{t("grid.figures", { customers: format.number(figures.count), share: share(figures.spentMinor) })}</span>
                <span className="tessera-groups-text">{t(`groups.${view}.${figures.group as ShopifyGroup & ClassicGroup}.text`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <CreateSegment
        key={`${view}-${group ?? [...chosen].join()}`}
        query={toQuery(view, chosenCells, group)}
        suggestedName={chosenGroup ? groupName(chosenGroup.group) : ""}
        summary={t("chosen.summary", { customers: t("customers", { count }), share: share(spentMinor) })}
        count={count}
        failure={failure}
        onClear={() => choose({})}
      />
    </SectionCard>
  );
}

function toQuery(view: GridView, cells: readonly GridCell[], group: string | null): string | null {
  const shopify = shopifyGroups.find((name) => name === group);
  const classic = classicGroups.find((name) => name === group);
  if (view === "shopify" && shopify) return oneOf("computed_rfm_group", [shopify]);
  if (view === "classic" && classic) return oneOf("classic_rfm_group", [classic]);
  if (cells.length === 0) return null;
  return cellsToQuery(cells.map(({ r, y }) => (view === "shopify" ? { r, fm: y } : { r, f: y })));
}
