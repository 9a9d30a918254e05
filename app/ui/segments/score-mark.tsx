import { useTranslation } from "react-i18next";

export function ScoreMark({ score }: { score: number }) {
  const { t } = useTranslation("segments");
  return (
    <span className="tessera-score" role="img" aria-label={t("score", { score })}>
      {[1, 2, 3, 4, 5].map((step) => <i key={step} className={step <= score ? "is-on" : undefined} />)}
    </span>
  );
}
