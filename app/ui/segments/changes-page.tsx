import { BlockStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";
import type { MoveView, SegmentChangesView } from "#app/core/segment-studio-views.ts";
import { CustomerNames, useCustomerName } from "../customers/customer-names.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { AnswerMark } from "./explanation-tree.tsx";
import { PeriodForm } from "./period-form.tsx";
import { useShownValues } from "./use-shown-values.ts";
import { Waterfall } from "./waterfall.tsx";

export interface ChangesPageProps {
  readonly segment: { readonly id: string; readonly name: string };
  readonly period: { readonly from: string; readonly to: string };
  readonly changes: SegmentChangesView;
  readonly names: Promise<readonly CustomerName[]>;
}

/** Why a segment grew or shrank: who came, who went, and the condition that changed its answer. */
export function ChangesPage({ segment, period, changes, names }: ChangesPageProps) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const joined = changes.moves.filter(({ kind }) => kind === "joined");
  const left = changes.moves.filter(({ kind }) => kind === "left");
  const columns: Column<SegmentChangesView["causes"][number]>[] = [
    { key: "condition", title: t("changes.condition"), cell: ({ condition }) => <code>{condition}</code> },
    { key: "joined", title: t("changes.joinedBy"), isNumeric: true, cell: (cause) => format.number(cause.joined) },
    { key: "left", title: t("changes.leftBy"), isNumeric: true, cell: (cause) => format.number(cause.left) },
  ];
  return (
    <PageFrame title={t("changes.title", { name: segment.name })} back={{ to: `/app/segments/${segment.id}`, label: segment.name }}>
      <div className="tessera-bare"><PeriodForm path={`/app/segments/${segment.id}/changes`} {...period} /></div>
      <SectionCard title={t("changes.balance")} text={t("changes.sentence", { before: format.number(changes.before), after: format.number(changes.after), from: format.day(changes.fromMs), to: format.day(changes.toMs) })}>
        <Waterfall before={changes.before} joined={changes.joined} left={changes.left} after={changes.after} />
        <Text as="p" variant="bodySm" tone="subdued">{t("changes.note")}</Text>
      </SectionCard>
      <SectionCard title={t("changes.why")} text={t("changes.whyText")} isFlush>
        {changes.causes.length === 0 ? <EmptyNote title={t("changes.none.title")} text={t("changes.none.text")} /> : <RecordTable label={t("changes.why")} columns={columns} rows={changes.causes} rowKey={({ condition }) => condition} />}
      </SectionCard>
      <CustomerNames names={names}>
        <div className="tessera-columns is-halves">
          <Moves title={t("changes.joined", { count: changes.joined })} moves={joined} total={changes.joined} />
          <Moves title={t("changes.left", { count: changes.left })} moves={left} total={changes.left} />
        </div>
      </CustomerNames>
    </PageFrame>
  );
}

function Moves({ title, moves, total }: { readonly title: string; readonly moves: readonly MoveView[]; readonly total: number }) {
  const { t } = useTranslation("segmentAnswers");
  const nameOf = useCustomerName();
  const values = useShownValues();
  return (
    <SectionCard title={title} text={total > moves.length ? t("changes.first", { count: moves.length }) : undefined}>
      {moves.length === 0 ? <Text as="p" tone="subdued">{t("changes.nobody")}</Text> : null}
      <BlockStack gap="300">
        {moves.map(({ customerId, flips }) => (
          <div key={customerId}>
            <Text as="p" fontWeight="medium"><Link className="tessera-link" to={`/app/customers/${customerId}`}>{nameOf(customerId)}</Link></Text>
            {flips.length === 0 ? <Text as="p" variant="bodySm" tone="subdued">{t("changes.cameThen")}</Text> : null}
            <ul className="tessera-explain">
              {flips.map(({ condition, holds, before, after }) => (
                <li key={condition} className="tessera-explain-line">
                  <AnswerMark holds={holds} />
                  <div>
                    <code>{condition}</code>
                    {values(after) === "" ? null : <div className="tessera-explain-values">{values(after, before)}</div>}
                  </div>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </BlockStack>
    </SectionCard>
  );
}
