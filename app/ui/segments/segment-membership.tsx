import { BlockStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { Link, useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { MembershipView } from "#app/core/segment-studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { AnswerMark, ExplanationTree } from "./explanation-tree.tsx";

/** The same, asked for when the page is there: the customer's own figures need not wait for it. */
export function CustomerSegments({ customerId }: { readonly customerId: number }) {
  const { t } = useTranslation("segmentAnswers");
  const { load, data } = useFetcher<{ memberships?: readonly MembershipView[]; failure?: Failure }>();
  useEffect(() => load(`/app/segments/explain?customer=${customerId}`), [customerId, load]);
  if (data?.memberships) return <SegmentMembership memberships={data.memberships} />;
  return <SectionCard title={t("membership.title")}>{data?.failure ? <FailureBanner failure={data.failure} /> : <SkeletonBodyText lines={3} />}</SectionCard>;
}

/** For one customer: which saved segments they are in, and behind each the conditions with the customer's values. */
export function SegmentMembership({ memberships }: { readonly memberships: readonly MembershipView[] }) {
  const { t } = useTranslation("segmentAnswers");
  const inside = memberships.filter(({ holds }) => holds === true);
  const outside = memberships.filter(({ holds }) => holds !== true);
  return (
    <SectionCard title={t("membership.title")} text={memberships.length > 0 ? t("membership.text", { inside: inside.length, all: memberships.length }) : undefined}>
      {memberships.length === 0 ? <EmptyNote title={t("membership.empty.title")} text={t("membership.empty.text")} action={{ label: t("membership.empty.action"), to: "/app/segments/templates" }} /> : null}
      <BlockStack gap="200">{inside.map((membership) => <Membership key={membership.segmentId} membership={membership} />)}</BlockStack>
      {outside.length > 0 ? (
        <details className="tessera-details">
          <summary>{t("membership.outside", { count: outside.length })}</summary>
          <BlockStack gap="200">{outside.map((membership) => <Membership key={membership.segmentId} membership={membership} />)}</BlockStack>
        </details>
      ) : null}
    </SectionCard>
  );
}

function Membership({ membership: { segmentId, name, holds, explanation } }: { readonly membership: MembershipView }) {
  const { t } = useTranslation("segmentAnswers");
  return (
    <div className="tessera-membership">
      <div className="tessera-explain-line">
        <AnswerMark holds={holds} />
        <Text as="span" fontWeight="medium"><Link className="tessera-link" to={`/app/segments/${segmentId}`}>{name}</Link></Text>
      </div>
      <details className="tessera-details">
        <summary>{t("membership.why")}</summary>
        <ExplanationTree explanation={explanation} />
      </details>
    </div>
  );
}
