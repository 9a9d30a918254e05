import { Banner, BlockStack, Button, InlineStack, Tag, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerProfileView } from "#app/core/customer-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";

/** What staff can do right here: tags in Shopify, a discount for this customer alone, Shopify's own page. */
export function CustomerActions({ customer }: { customer: CustomerProfileView }) {
  const { t } = useTranslation("profile");
  const fetcher = useFetcher<{ done?: "tag-added" | "tag-removed"; failure?: Failure }>();
  const [tag, setTag] = useState("");
  const isBusy = fetcher.state !== "idle";
  const { done, failure } = fetcher.data ?? {};
  useEffect(() => {
    if (done === "tag-added") setTag("");
  }, [done]);
  const send = (body: Record<string, string>) => fetcher.submit(body, { method: "post", action: `/app/customers/${customer.customerId}` });
  return (
    <SectionCard title={t("actions.title")}>
      <BlockStack gap="300">
        <FailureBanner failure={failure} />
        {done ? <Banner tone="success">{t(done === "tag-added" ? "actions.tagAdded" : "actions.tagRemoved")}</Banner> : null}
        {customer.tags.length > 0 ? (
          <InlineStack gap="100">
            {customer.tags.slice(0, 20).map((known) => <Tag key={known} disabled={isBusy} onRemove={() => send({ intent: "remove-tag", tag: known })}>{known}</Tag>)}
          </InlineStack>
        ) : null}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim()) send({ intent: "add-tag", tag: tag.trim() });
          }}
        >
          <TextField label={t("actions.tagLabel")} helpText={t("actions.tagHelp")} value={tag} onChange={setTag} maxLength={40} autoComplete="off" connectedRight={<Button submit disabled={isBusy || !tag.trim()}>{t("actions.addTag")}</Button>} />
        </form>
        <Button disabled={isBusy} onClick={() => send({ intent: "give-discount" })}>{t("actions.discount")}</Button>
        <Button url={`shopify://admin/customers/${customer.customerId}`} target="_top" variant="plain" textAlign="start">{t("actions.admin")}</Button>
      </BlockStack>
    </SectionCard>
  );
}
