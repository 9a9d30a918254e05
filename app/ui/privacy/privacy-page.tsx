import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageOf } from "#app/core/activity-views.ts";
import type { PrivacyRequestView, PrivacyView } from "#app/core/privacy-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ListPager } from "../tables/list-pager.tsx";
import { AuditTable } from "./audit-table.tsx";
import { CustomerFields } from "./customer-fields.tsx";
import { CustomerExport } from "./customer-export.tsx";
import { RequestTable } from "./request-table.tsx";
import { RetentionRules } from "./retention-rules.tsx";
import { SmallestGroup } from "./smallest-group.tsx";

export interface PrivacyPageProps {
  readonly privacy: PrivacyView;
  readonly nowMs: number;
}

export function PrivacyPage({ privacy: { requests, audit, retention, smallestGroup }, nowMs }: PrivacyPageProps) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const [opened, setOpened] = useState<PrivacyRequestView | null>(null);
  const summary = ({ page, pageCount, total }: PageOf<unknown>) => t("page", { page: format.number(page), pages: format.number(pageCount), total: format.number(total) });
  return (
    <PageFrame title={t("title")}>
      <SectionCard title={t("requests.title")} text={t("requests.text")} isFlush>
        {requests.total === 0 ? <EmptyNote title={t("requests.empty.title")} text={t("requests.empty.text")} /> : <RequestTable requests={requests.rows} nowMs={nowMs} onOpen={setOpened} />}
        <ListPager list={requests} name="requests" summary={summary(requests)} />
      </SectionCard>
      <RetentionRules retention={retention} />
      <CustomerFields />
      <SmallestGroup smallestGroup={smallestGroup} />
      <SectionCard title={t("audit.title")} text={t("audit.text")} isFlush>
        {audit.total === 0 ? <EmptyNote title={t("audit.empty.title")} text={t("audit.empty.text")} /> : <AuditTable entries={audit.rows} />}
        <ListPager list={audit} name="log" summary={summary(audit)} />
      </SectionCard>
      {opened ? <CustomerExport key={opened.id} request={opened} onClose={() => setOpened(null)} /> : null}
    </PageFrame>
  );
}
