import { useTranslation } from "react-i18next";
import { useFormat } from "../format/format-context.tsx";

const WIDTH = 560;
const ROW = 34;
const LABEL = 150;

/** Members before, who came, who went, members after: four bars on one scale. Each says its own figure, so it is its own table. */
export function Waterfall({ before, joined, left, after }: { readonly before: number; readonly joined: number; readonly left: number; readonly after: number }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const most = Math.max(1, before + joined);
  const x = (value: number) => (value / most) * (WIDTH - LABEL - 70);
  const bars = [
    { key: "before", from: 0, to: before, colour: 9, text: format.number(before) },
    { key: "joined", from: before, to: before + joined, colour: 3, text: `+${format.number(joined)}` },
    { key: "left", from: after, to: before + joined, colour: 7, text: `−${format.number(left)}` },
    { key: "after", from: 0, to: after, colour: 0, text: format.number(after) },
  ] as const;
  return (
    <dl className="tessera-waterfall">
      {bars.map(({ key, from, to, colour, text }) => (
        <div key={key}>
          <dt>{t(`waterfall.${key}`)}</dt>
          <dd>
            <svg aria-hidden="true" viewBox={`0 0 ${WIDTH - LABEL} ${ROW - 10}`} preserveAspectRatio="none"><rect x={x(from)} y={0} width={Math.max(to > from ? 2 : 0, x(to) - x(from))} height={ROW - 10} rx={3} className={`tessera-colour-${colour}`} /></svg>
            <span>{text}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
