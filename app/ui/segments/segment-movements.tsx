import { BlockStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { SegmentEventView } from "#app/core/segment-views.ts";
import { useCustomerName } from "../customers/customer-names.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { AnswerMark } from "./explanation-tree.tsx";
import { useShownValues } from "./use-shown-values.ts";

const SHOWN = 12;

/** Who came and went lately, with the condition that decided it. */
export function SegmentMovements({ events, nowMs, changesPath }: { readonly events: readonly SegmentEventView[]; readonly nowMs: number; readonly changesPath: string }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const nameOf = useCustomerName();
  const values = useShownValues();
  return (
    <SectionCard title={t("history.events")} action={<Link className="tessera-link" to={changesPath}>{t("changes.open")}</Link>}>
      {events.length === 0 ? <Text as="p" tone="subdued">{t("history.noEvents")}</Text> : null}
      <BlockStack gap="200">
        {events.slice(0, SHOWN).map((event) => (
          <div key={event.id}>
            <Text as="p"><Link className="tessera-link" to={`/app/customers/${event.customerId}`}>{nameOf(event.customerId)}</Link> {t(event.kind === "joined" ? "history.eventJoined" : "history.eventLeft")} <Text as="span" tone="subdued">{format.ago(event.atMs, nowMs)}</Text></Text>
            <ul className="tessera-explain">
              {event.flipped.map((clause) => <li key={clause.text} className="tessera-explain-line"><AnswerMark holds={clause.holds} /><div><code>{clause.text}</code><div className="tessera-explain-values">{values(clause.values)}</div></div></li>)}
            </ul>
          </div>
        ))}
      </BlockStack>
    </SectionCard>
  );
}
