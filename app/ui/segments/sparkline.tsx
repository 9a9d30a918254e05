import { useTranslation } from "react-i18next";
import { useFormat } from "../format/format-context.tsx";

const WIDTH = 88;
const HEIGHT = 28;
const PAD = 3;

/** The way a size went, without axes; its ends are said in words. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  if (values.length < 2) return null;
  const most = Math.max(...values);
  const least = Math.min(...values);
  const y = (value: number) => HEIGHT - PAD - ((value - least) / (most - least || 1)) * (HEIGHT - 2 * PAD);
  const points = values.map((value, index) => `${((index / (values.length - 1)) * WIDTH).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg className="tessera-spark" role="img" aria-label={t("list.trendOf", { first: format.number(values[0]), last: format.number(values[values.length - 1]) })} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <polyline points={points} />
    </svg>
  );
}
