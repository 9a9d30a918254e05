import { useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { cellKey, inkOf, type GridCell, type GridView } from "./rfm-picture.ts";
import { useGroupName } from "./use-group-name.ts";

interface Props {
  readonly grid: RfmGridView;
  readonly view: GridView;
  readonly cells: readonly GridCell[];
  readonly chosen: ReadonlySet<string>;
  /** Cells outside this group are dimmed. */
  readonly group: string | null;
  readonly onToggle: (cell: GridCell) => void;
}

const SIDE = 5;

/** 25 toggles in a picture; arrows move between them, one of them is in the tab order. */
export function RfmGrid({ grid, view, cells, chosen, group, onToggle }: Props) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const groupName = useGroupName();
  const [active, setActive] = useState(SIDE - 1);
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const largest = Math.max(...cells.map((cell) => cell.count));

  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: SIDE, ArrowUp: -SIDE }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = index + step;
    const isSameRow = Math.floor(next / SIDE) === Math.floor(index / SIDE);
    if (next < 0 || next >= cells.length || (Math.abs(step) === 1 && !isSameRow)) return;
    setActive(next);
    buttons.current[next]?.focus();
  };

  return (
    <div role="group" aria-label={t(`grid.label.${view}`)} className={group ? "tessera-grid is-focused" : "tessera-grid"}>
      {cells.map((cell, index) => {
        const share = grid.spentMinor > 0 ? cell.spentMinor / grid.spentMinor : 0;
        const { weight, isLightText } = inkOf(cell.count, largest);
        const names = cell.groups.map(groupName);
        const label = t("grid.cell", {
          r: cell.r,
          y: cell.y,
          axis: t(`grid.axis.${view}`),
          customers: t("customers", { count: cell.count }),
          share: format.percent(share, 1),
          groups: names.length > 0 ? format.list(names) : t("grid.nobody"),
        });
        const classes = [isLightText ? "is-deep" : "", group && cell.groups.includes(group) ? "is-in-group" : ""].filter(Boolean).join(" ");
        return [
          index % SIDE === 0 ? <span key={`row-${cell.y}`} className="tessera-grid-axis" aria-hidden="true">{cell.y === 5 ? t("grid.top", { score: 5 }) : cell.y === 1 ? t("grid.bottom", { score: 1 }) : cell.y}</span> : null,
          <button
            key={cellKey(cell)}
            type="button"
            ref={(element) => {
              buttons.current[index] = element;
            }}
            className={classes || undefined}
            // The colour is the size of the cell; it is said in words in the label.
            style={{ "--weight": weight } as CSSProperties}
            aria-pressed={chosen.has(cellKey(cell))}
            title={label}
            tabIndex={index === active ? 0 : -1}
            onFocus={() => setActive(index)}
            onKeyDown={(event) => move(event, index)}
            onClick={() => onToggle(cell)}
          >
            <span className="tessera-hidden">{label}</span>
            <span className="tessera-grid-count" aria-hidden="true">{format.numberShort(cell.count)}</span>
            <span className="tessera-grid-share" aria-hidden="true">{format.percent(share, share > 0 && share < 0.1 ? 1 : 0)}</span>
          </button>,
        ];
      })}
      <span className="tessera-grid-axis" aria-hidden="true" />
      {[1, 2, 3, 4, 5].map((r) => <span key={r} className="tessera-grid-axis is-column" aria-hidden="true">{r === 1 ? t("grid.left", { score: 1 }) : r === 5 ? t("grid.right", { score: 5 }) : r}</span>)}
    </div>
  );
}
