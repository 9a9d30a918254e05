import { Badge, BlockStack, ProgressBar, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { TaskView } from "#app/core/activity-views.ts";
import type { JobProgress } from "#app/core/jobs.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { StoredFailure } from "../frames/stored-failure.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { useTaskWords } from "./use-task-words.ts";

export function TaskTable({ tasks, nowMs }: { tasks: readonly TaskView[]; nowMs: number }) {
  const { t } = useTranslation("activity");
  const format = useFormat();
  const words = useTaskWords();
  const columns: Column<TaskView>[] = [
    { key: "task", title: t("columns.task"), cell: (row) => words.task(row.kind) },
    { key: "state", title: t("columns.state"), cell: (row) => <span style={{ whiteSpace: "nowrap" }}><Badge tone={row.status === "active" ? "info" : undefined}>{t(`states.${row.status}`)}</Badge></span> },
    { key: "progress", title: t("columns.progress"), cell: (row) => (row.status === "active" ? <Progress progress={row.progress} label={words.task(row.kind)} /> : <Wait task={row} nowMs={nowMs} />) },
    { key: "attempts", title: t("columns.attempts"), isNumeric: true, cell: (row) => t("attempts", { done: format.number(row.attempts), most: format.number(row.maxAttempts) }) },
  ];
  return <RecordTable label={t("tasks.title")} columns={columns} rows={tasks} rowKey={(row) => row.id} />;
}

function Progress({ progress, label }: { progress: JobProgress | null; label: string }) {
  const { t } = useTranslation("activity");
  const format = useFormat();
  const words = useTaskWords();
  if (!progress) return <Text as="span" tone="subdued">{t("progress.begun")}</Text>;
  const { done, total, perSecond, secondsLeft, trying } = progress;
  const facts = [
    trying ? t("progress.trying", { model: words.member(trying.member), task: words.evaluation(trying.task) }) : null,
    total === null ? t("progress.done", { done: format.number(done) }) : t("progress.of", { done: format.number(done), total: format.number(total) }),
    perSecond > 0 ? t("progress.rate", { rate: format.number(perSecond, perSecond < 10 ? 1 : 0) }) : null,
    secondsLeft !== null && secondsLeft > 0 ? t("progress.left", { time: format.duration(secondsLeft * SECOND_MS) }) : null,
  ].filter((fact) => fact !== null);
  return (
    <BlockStack gap="100">
      {total ? <div role="group" aria-label={label}><ProgressBar size="small" progress={Math.min(100, (100 * done) / total)} /></div> : null}
      <Text as="span" variant="bodySm" tone="subdued">{facts.join(t("progress.separator"))}</Text>
    </BlockStack>
  );
}

/** When it starts; and after a failed attempt, why it waits. */
function Wait({ task, nowMs }: { task: TaskView; nowMs: number }) {
  const { t } = useTranslation("activity");
  const format = useFormat();
  return (
    <BlockStack gap="050">
      <Text as="span" variant="bodySm" tone="subdued">{task.runAfterMs > nowMs ? t("wait.until", { time: format.ago(task.runAfterMs, nowMs) }) : t("wait.turn")}</Text>
      {task.error ? <StoredFailure line={task.error} sentence={t("wait.again")} /> : null}
    </BlockStack>
  );
}
