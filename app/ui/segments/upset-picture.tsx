import { useTranslation } from "react-i18next";
import type { OverlapView } from "#app/core/segment-studio-views.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { useFormat } from "../format/format-context.tsx";
import { WideFrame } from "../charts/wide-frame.tsx";

const BAR = 130;
const COLUMN = 34;
const ROW = 26;
const NAMES = 190;
const SIZE = 90;
const MOST_COLUMNS = 20;
const LONGEST_NAME = 24;

/**
 * UpSet (Lex et al. 2014): a column per combination of segments, as high as the customers in exactly that combination; the dots below
 * say which. Beside the names the size of each segment.
 */
export function UpsetPicture({ overlap: { names, sizes, overlaps } }: { readonly overlap: OverlapView }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const columns = overlaps.slice(0, MOST_COLUMNS);
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const largest = Math.max(1, ...sizes);
  const left = NAMES + SIZE + 10;
  const width = left + Math.max(columns.length, 3) * COLUMN;
  const height = BAR + 28 + names.length * ROW;
  const label = (sets: readonly number[]) => (sets.length === 1 ? t("overlap.only", { name: names[sets[0]] }) : format.list(sets.map((set) => names[set])));
  const x = (column: number) => left + column * COLUMN + COLUMN / 2;
  const y = (row: number) => BAR + 28 + row * ROW + ROW / 2;
  const short = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
  return (
    <div>
      <WideFrame className="tessera-upset" label={t("overlap.title")}>
        <svg role="img" aria-label={t("overlap.summary", { count: names.length, label: columns[0] ? label(columns[0].sets) : "–", customers: format.number(columns[0]?.count ?? 0) })} viewBox={`0 0 ${width} ${height}`} style={{ minWidth: Math.min(width, 900) * 0.75, maxWidth: width * 1.3 }}>
          {columns.map(({ sets, count }, column) => {
            const bar = (count / most) * (BAR - 18);
            return (
              <g key={sets.join()}>
                <rect className="is-on" x={x(column) - 11} width={22} y={BAR - bar} height={bar} rx={2}><title>{`${label(sets)}: ${format.number(count)}`}</title></rect>
                <text x={x(column)} y={BAR - bar - 5} textAnchor="middle">{format.numberShort(count)}</text>
                {sets.length > 1 ? <line x1={x(column)} x2={x(column)} y1={y(sets[0])} y2={y(sets[sets.length - 1])} /> : null}
                {names.map((_, row) => <circle key={row} cx={x(column)} cy={y(row)} r={7} className={sets.includes(row) ? "is-on" : "is-off"} />)}
              </g>
            );
          })}
          {names.map((name, row) => (
            <g key={name}>
              <text x={NAMES - 8} y={y(row) + 4} textAnchor="end">{short(name)}<title>{name}</title></text>
              <rect className="tessera-colour-2" x={NAMES} width={Math.max(1, (sizes[row] / largest) * (SIZE - 40))} y={y(row) - 7} height={14} rx={2} />
              <text className="is-soft" x={NAMES + (sizes[row] / largest) * (SIZE - 40) + 5} y={y(row) + 4}>{format.numberShort(sizes[row])}</text>
            </g>
          ))}
        </svg>
      </WideFrame>
      <TableAlternative caption={t("overlap.title")} headings={[t("overlap.combination"), t("overlap.customers")]} rows={overlaps.map(({ sets, count }) => [label(sets), format.number(count)])} />
    </div>
  );
}
