import { Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFieldErrors } from "../frames/use-field-errors.ts";

/** Groups below it show no breakdown anywhere in the admin. */
export function SmallestGroup({ smallestGroup }: { smallestGroup: number }) {
  const { t } = useTranslation("privacy");
  const fetcher = useFetcher<{ readonly saved?: boolean; readonly failure?: Failure }>();
  const [value, setValue] = useState(String(smallestGroup));
  const errors = useFieldErrors(fetcher.data?.failure);
  const isSaved = fetcher.state === "idle" && fetcher.data?.saved === true;
  return (
    <SectionCard title={t("smallest.title")} text={t("smallest.text")}>
      <fetcher.Form method="post">
        <InlineStack gap="200" blockAlign="end">
          <TextField label={t("smallest.label")} name="smallestGroup" type="number" min={1} max={1000} value={value} onChange={setValue} error={errors.get("breakdownMinimum")} autoComplete="off" />
          <Button submit loading={fetcher.state !== "idle"}>{t("smallest.save")}</Button>
        </InlineStack>
      </fetcher.Form>
      <div role="status">{isSaved ? <Text as="p" tone="success">{t("smallest.saved")}</Text> : null}</div>
    </SectionCard>
  );
}
