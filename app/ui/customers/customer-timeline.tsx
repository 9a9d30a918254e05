import { Box, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { TimelineEvent } from "#app/core/customer-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

const SHOWN = 10;
const MOST = 40;

export function CustomerTimeline({ events }: { events: readonly TimelineEvent[] }) {
  const { t } = useTranslation("customers");
  const earlier = events.slice(SHOWN, MOST);
  return (
    <SectionCard title={t("timeline.title")}>
      <Events events={events.slice(0, SHOWN)} />
      {earlier.length > 0 ? (
        <details className="tessera-details">
          <summary>{t("timeline.older", { count: earlier.length })}</summary>
          <Box paddingBlockStart="300"><Events events={earlier} /></Box>
        </details>
      ) : null}
    </SectionCard>
  );
}

function Events({ events }: { events: readonly TimelineEvent[] }) {
  const format = useFormat();
  return (
    <ol className="tessera-timeline">
      {events.map((event) => (
        <li key={`${event.kind}-${event.atMs}-${"orderName" in event ? event.orderName : "segmentId" in event ? event.segmentId : "code" in event ? event.code : ""}`} className={`is-${event.kind}`}>
          <EventText event={event} />
          <Text as="p" variant="bodySm" tone="subdued">{format.dateTime(event.atMs)}</Text>
        </li>
      ))}
    </ol>
  );
}

function EventText({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation("customers");
  const { t: tProfile } = useTranslation("profile");
  const format = useFormat();
  switch (event.kind) {
    case "order":
      return (
        <Text as="p">
          {t("timeline.order", { name: event.orderName, count: event.items, amount: format.money(event.amountMinor) })}
          {event.codes.length > 0 ? ` ${t("timeline.withCodes", { codes: format.list(event.codes) })}` : null}
        </Text>
      );
    case "refund":
      return <Text as="p">{t("timeline.refund", { name: event.orderName, amount: format.money(event.amountMinor) })}</Text>;
    case "segment":
    case "segment-left":
      return (
        <Text as="p">
          {event.kind === "segment" ? t("timeline.segment") : tProfile("timeline.left")} <Link to={`/app/segments/${event.segmentId}`}>{event.segmentName}</Link>
        </Text>
      );
    case "offer":
      return (
        <Text as="p">
          <Link to={`/app/discounts/${event.discountId}`}>{tProfile("timeline.discountGiven", { code: event.code, title: event.title })}</Link>
        </Text>
      );
    case "customer-since":
      return <Text as="p">{t("timeline.since")}</Text>;
  }
}
