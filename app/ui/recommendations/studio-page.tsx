import { BlockStack, Box, Button, InlineStack, Select, Text } from "@shopify/polaris";
import { useNavigation, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { isCounted, recommendationTasks, taskEvaluations } from "#app/core/recommendation-tasks.ts";
import type { StudioAnswerView, StudioView } from "#app/core/studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { BlockStatus } from "../home/block-status.tsx";
import { PickList } from "./pick-list.tsx";
import { StudioSubject } from "./studio-subject.tsx";
import { StudioWishes } from "./studio-wishes.tsx";
import { useMemberName } from "./use-member-name.ts";

export interface StudioPageProps {
  readonly view: StudioView;
  readonly shopDomain: string;
  readonly clientId: string;
  readonly nowMs: number;
}

/** One question to the recommenders, its answer with reasons, and what would change it. */
export function StudioPage({ view, shopDomain, clientId, nowMs }: StudioPageProps) {
  const { t } = useTranslation("recommendations");
  const change = useChange();
  return (
    <PageFrame title={t("title")}>
      <SectionCard title={t("studio.title")} text={t(`tasks.${view.task}.text`)} action={<InlineStack gap="200"><Button url="/app/recommendations/bundles">{t("bundles.title")}</Button>{isCounted(view.task) ? null : <Button url={`/app/recommendations/evaluation?task=${taskEvaluations[view.task]}`}>{t("studio.why")}</Button>}</InlineStack>}>
        <BlockStack gap="400">
          <Select
            label={t("studio.task")}
            options={recommendationTasks.map((task) => ({ value: task, label: t(`tasks.${task}.title`) }))}
            value={view.task}
            onChange={(task) => change({ task, compare: null, type: null })}
          />
          <StudioSubject view={view} change={change} />
        </BlockStack>
      </SectionCard>
      {view.isNotReady ? <SectionCard title={t("studio.answer")}><EmptyNote title={t("studio.notReady.title")} text={t("studio.notReady.text")} /></SectionCard> : null}
      {view.answer && isCounted(view.task) ? <Answer answer={view.answer} nowMs={nowMs} title={t(`tasks.${view.task}.title`)} /> : null}
      {view.answer && !isCounted(view.task) ? (
        <div className="tessera-columns is-aside-main">
          <StudioWishes view={view} change={change} />
          <div className={view.compared ? "tessera-columns is-halves" : undefined}>
            <Answer answer={view.answer} nowMs={nowMs} title={t("studio.answer")} />
            {view.compared ? <Answer answer={view.compared} nowMs={nowMs} title={t("studio.compared")} /> : null}
          </div>
        </div>
      ) : null}
      <BlockStatus shopDomain={shopDomain} clientId={clientId} />
    </PageFrame>
  );
}

function Answer({ answer, title, nowMs }: { answer: StudioAnswerView; title: string; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const memberName = useMemberName();
  const considered = answer.task === "segment-email" || answer.task === "promotion" || answer.task === "product-customers" ? t("studio.considered", { count: answer.considered, shown: format.number(answer.considered) }) : null;
  return (
    <SectionCard title={title} text={answer.task === "rising" || answer.task === "new-arrivals" ? t(`studio.counted.${answer.task}`) : t("studio.by", { model: memberName(answer.model) })} isFlush>
      {answer.fallback || considered ? (
        <Box paddingInline="400" paddingBlockEnd="300">
          <Text as="p" tone="subdued">{[answer.fallback ? t(`fallbacks.${answer.fallback}`) : null, considered].filter(Boolean).join(" ")}</Text>
        </Box>
      ) : null}
      <PickList answer={answer} nowMs={nowMs} />
    </SectionCard>
  );
}

export type Change = (values: Readonly<Record<string, string | readonly string[] | null>>) => void;

/** Changes the question in the address: the answer follows, and the way back is the browser's. */
function useChange(): Change {
  const [params, setParams] = useSearchParams();
  const navigation = useNavigation();
  return (values) => {
    // Two changes in a row: the second starts from where the first one leads.
    const next = new URLSearchParams(navigation.location?.search ?? params);
    for (const [name, value] of Object.entries(values)) {
      next.delete(name);
      for (const one of value === null ? [] : typeof value === "string" ? [value] : value) next.append(name, one);
    }
    setParams(next, { preventScrollReset: true, replace: true });
  };
}
