import { Badge, BlockStack, Select, Text } from "@shopify/polaris";
import { useNavigate } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { evaluationTasks, type EvaluationReport } from "#app/core/evaluation-report.ts";
import type { RecommendationCard } from "#app/core/recommendation-card.ts";
import type { EvaluationView, PastFigure } from "#app/core/studio-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { HybridFacts } from "./hybrid-facts.tsx";
import { MemberBars } from "./member-bars.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { SliceBars } from "./slice-bars.tsx";
import { useChoiceWords } from "./use-choice-words.ts";
import { useMemberName } from "./use-member-name.ts";

/** Why this model serves a task: in words first, then pictures, then the card with every figure. */
export function EvaluationPage({ view, nowMs }: { view: EvaluationView; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const navigate = useNavigate();
  const { run } = view;
  return (
    <PageFrame title={t("evaluation.title")} barTitle={t("title")} back={{ to: "/app/recommendations", label: t("title") }}>
      <SectionCard title={t("evaluation.which")} text={t("evaluation.text")}>
        <Select label={t("studio.task")} labelHidden options={evaluationTasks.map((task) => ({ value: task, label: t(`evaluations.${task}`) }))} value={view.task} onChange={(task) => navigate(`/app/recommendations/evaluation?task=${task}`)} />
      </SectionCard>
      {run ? <Chosen card={run.card} nowMs={nowMs} finishedAtMs={run.finishedAtMs} /> : <SectionCard title={t("evaluation.choice")}><EmptyNote title={t("evaluation.none.title")} text={t("evaluation.none.text")} /></SectionCard>}
      {run?.card.outcome?.kind === "report" ? <MemberBars report={run.card.outcome.report} champion={run.card.champion.member} /> : null}
      {run?.card.outcome?.kind === "report" ? <SliceBars report={run.card.outcome.report} champion={run.card.champion.member} /> : null}
      {run?.card.outcome?.kind === "report" && run.card.outcome.report.hybrid && run.card.champion.member === "hybrid" ? <HybridFacts hybrid={run.card.outcome.report.hybrid} /> : null}
      {view.history.length > 1 ? <History history={view.history} /> : null}
      {run ? <ModelFacts run={run} /> : null}
    </PageFrame>
  );
}

function Chosen({ card, nowMs, finishedAtMs }: { card: RecommendationCard; nowMs: number; finishedAtMs: number }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const memberName = useMemberName();
  const report = card.outcome?.kind === "report" ? card.outcome.report : null;
  return (
    <SectionCard title={t("evaluation.choice")} text={t("evaluation.when", { ago: format.ago(finishedAtMs, nowMs) })} action={<Badge tone={card.decision === "failed" ? "attention" : card.decision === "too-little-data" ? "info" : "success"}>{t(`decisions.${card.decision}.badge`)}</Badge>}>
      <BlockStack gap="300">
        <Text as="p" variant="headingLg">{memberName(card.champion.member)}</Text>
        <Text as="p">{t(`decisions.${card.decision}.text`)}</Text>
        {card.problem ? <Text as="p" tone="subdued">{card.problem}</Text> : null}
        {report ? <Reasons report={report} /> : null}
        {card.summary ? (
          <FigureTiles tiles={[
            { key: "hit", title: t("figures.hitRate.title"), value: format.percent(card.summary.hitRate), text: t("figures.hitRate.text", { k: report?.k ?? 10 }) },
            { key: "recall", title: t("figures.recall.title"), value: format.percent(card.summary.recall), text: t("figures.recall.text") },
            { key: "asked", title: t("figures.asked.title"), value: format.number(card.summary.asked), text: t("figures.asked.text") },
          ]} />
        ) : null}
        {card.outcome?.kind === "refused" ? <ul>{card.outcome.refusal.missing.map(({ what, need, have }) => <li key={what}>{t("needs.line", { what: t(`needs.${what}`), need: format.number(need), have: format.number(have) })}</li>)}</ul> : null}
      </BlockStack>
    </SectionCard>
  );
}

function Reasons({ report }: { report: EvaluationReport }) {
  const words = useChoiceWords();
  return <ul className="tessera-plain-list">{report.choice.reasons.map((reason) => <li key={reason.code}><Text as="p">{words(reason)}</Text></li>)}</ul>;
}

function History({ history }: { history: readonly PastFigure[] }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const memberName = useMemberName();
  const columns = history.map(({ finishedAtMs, ndcg, member }) => ({ label: format.dateTime(finishedAtMs), value: ndcg ?? 0, valueText: `${ndcg === null ? "–" : format.number(ndcg, 3)} · ${memberName(member)}` }));
  return (
    <SectionCard title={t("history.title")} text={t("history.text")}>
      <ColumnChart columns={columns} summary={t("history.summary", { count: history.length })} labelTitle={t("history.night")} valueTitle={t("figures.ndcg.title")} />
    </SectionCard>
  );
}
