import { BlockStack, Box } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ActivityView } from "#app/core/activity-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { ListPager } from "../tables/list-pager.tsx";
import { DeadLetter } from "./dead-letter.tsx";
import { TaskTable } from "./task-table.tsx";

export interface ActivityPageProps {
  readonly activity: ActivityView;
  readonly nowMs: number;
}

export function ActivityPage({ activity: { tasks, dead }, nowMs }: ActivityPageProps) {
  const { t } = useTranslation("activity");
  const home = useTranslation("home");
  const format = useFormat();
  useReloadWhile(tasks.total > 0);
  const summary = ({ page, pageCount, total }: { page: number; pageCount: number; total: number }) => t("page", { page: format.number(page), pages: format.number(pageCount), total: format.number(total) });
  return (
    <PageFrame title={t("title")} barTitle={home.t("title")} back={{ to: "/app", label: home.t("title") }}>
      <SectionCard title={t("dead.title")} text={dead.total > 0 ? t("dead.text") : undefined} isFlush>
        {dead.total === 0 ? <EmptyNote title={t("dead.empty.title")} text={t("dead.empty.text")} /> : (
          <Box paddingInline="400" paddingBlockEnd="400">
            <BlockStack gap="400">{dead.rows.map((letter) => <DeadLetter key={`${letter.source}-${letter.id}`} letter={letter} nowMs={nowMs} />)}</BlockStack>
          </Box>
        )}
        <ListPager list={dead} name="dead" summary={summary(dead)} />
      </SectionCard>
      <SectionCard title={t("tasks.title")} text={tasks.total > 0 ? t("tasks.text") : undefined} isFlush>
        {tasks.total === 0 ? <EmptyNote title={t("tasks.empty.title")} text={t("tasks.empty.text")} /> : <TaskTable tasks={tasks.rows} nowMs={nowMs} />}
        <ListPager list={tasks} name="tasks" summary={summary(tasks)} />
      </SectionCard>
    </PageFrame>
  );
}
