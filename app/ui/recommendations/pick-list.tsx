import { BlockStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { MemberVote } from "#app/core/recommendation-answer.ts";
import type { StudioAnswerView } from "#app/core/studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ProductRow } from "./product-row.tsx";
import { RiseBar } from "./rise-bar.tsx";
import { useMemberName } from "./use-member-name.ts";
import { useReason } from "./use-reason.ts";

/** What was found, best first, each with its reason; the members' votes are one click away. */
export function PickList({ answer, nowMs }: { answer: StudioAnswerView; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const reason = useReason(nowMs);
  const { products, categories, customers, titles } = answer;
  const busiest = products.reduce((most, pick) => (pick.reason.code === "rising" ? Math.max(most, pick.reason.orders, pick.reason.usual) : most), 1);
  if (products.length + categories.length + customers.length === 0) return <EmptyNote title={t("studio.nothing.title")} text={t("studio.nothing.text")} />;
  return (
    <ol className="tessera-product-list">
      {products.map((pick) => (
        <li key={pick.productId}>
          <BlockStack gap="150">
            <Link to={`/app/products/${pick.productId}`}><ProductRow product={pick.product} /></Link>
            <Text as="p" variant="bodySm">{reason(pick.reason, titles)}</Text>
            {pick.reason.code === "rising" && answer.task === "rising" ? <RiseBar orders={pick.reason.orders} usual={pick.reason.usual} most={busiest} /> : null}
            <Votes votes={pick.votes} />
          </BlockStack>
        </li>
      ))}
      {categories.map((pick) => (
        <li key={pick.type}>
          <BlockStack gap="150">
            <Text as="span" fontWeight="semibold">{pick.type}</Text>
            <Text as="p" variant="bodySm">{reason(pick.reason, titles)}</Text>
            <Votes votes={pick.votes} />
          </BlockStack>
        </li>
      ))}
      {customers.map((pick) => (
        <li key={pick.customerId}>
          <BlockStack gap="150">
            <Link to={`/app/customers/${pick.customerId}`}><Text as="span" fontWeight="semibold">{t("studio.customerName", { id: pick.customerId })}</Text></Link>
            <Text as="p" variant="bodySm">{reason(pick.reason, titles)}</Text>
          </BlockStack>
        </li>
      ))}
    </ol>
  );
}

function Votes({ votes }: { votes: readonly MemberVote[] }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const memberName = useMemberName();
  if (votes.length === 0) return null;
  return (
    <details className="tessera-details">
      <summary>{t("votes.title")}</summary>
      <dl className="tessera-facts is-compact">
        {votes.map(({ member, place }) => (
          <div key={member} style={{ display: "contents" }}>
            <dt>{memberName(member)}</dt>
            <dd>{place === null ? t("votes.none") : t("votes.place", { place: format.number(place) })}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
