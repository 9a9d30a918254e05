import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { MembershipView } from "#app/core/segment-studio-views.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { AnswerMark, ExplanationTree } from "./explanation-tree.tsx";

/** "Why is this customer in it, or not?": any customer by number, found by name as in the customer list. */
export function ExplainCustomer({ segmentId, customers }: { readonly segmentId: string; readonly customers: readonly { readonly customerId: number; readonly name: string }[] }) {
  const { t } = useTranslation("segmentAnswers");
  const fetcher = useFetcher<{ membership?: MembershipView; customerId?: number; failure?: Failure }>();
  const [number, setNumber] = useState("");
  const ask = (customerId: string) => fetcher.load(`/app/segments/explain?segment=${segmentId}&customer=${encodeURIComponent(customerId)}`);
  const { data } = fetcher;
  return (
    <SectionCard title={t("explain.title")} text={t("explain.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask(number.replace(/\D/g, ""));
        }}
      >
        <TextField label={t("explain.label")} value={number} onChange={setNumber} inputMode="numeric" autoComplete="off" connectedRight={<Button submit loading={fetcher.state !== "idle"} disabled={!/\d/.test(number)}>{t("explain.action")}</Button>} />
      </form>
      {customers.length > 0 ? (
        <InlineStack gap="200">{customers.map(({ customerId, name }) => <Button key={customerId} size="slim" onClick={() => ask(String(customerId))}>{name}</Button>)}</InlineStack>
      ) : null}
      <FailureBanner failure={data?.failure} />
      <div role="status">
        {data?.membership ? (
          <BlockStack gap="200">
            <div className="tessera-explain-line">
              <AnswerMark holds={data.membership.holds} />
              <Text as="p" fontWeight="medium">{t(data.membership.holds === null ? "explain.maybe" : data.membership.holds ? "explain.inside" : "explain.outside", { customer: data.customerId })}</Text>
            </div>
            <ExplanationTree explanation={data.membership.explanation} />
          </BlockStack>
        ) : null}
      </div>
    </SectionCard>
  );
}
