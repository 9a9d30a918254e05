import { Button, InlineStack, TextField } from "@shopify/polaris";
import { Form } from "@remix-run/react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Two days, in the address, so that what is looked at can be passed on. */
export function PeriodForm({ path, from, to, children }: { readonly path: string; readonly from: string; readonly to: string; readonly children?: ReactNode }) {
  const { t } = useTranslation("segmentAnswers");
  const [start, setStart] = useState(from);
  const [end, setEnd] = useState(to);
  return (
    <Form method="get" action={path}>
      <InlineStack gap="300" blockAlign="end">
        {children}
        <TextField label={t("period.from")} name="from" type="date" value={start} onChange={setStart} autoComplete="off" />
        <TextField label={t("period.to")} name="to" type="date" value={end} onChange={setEnd} autoComplete="off" />
        <Button submit>{t("period.show")}</Button>
      </InlineStack>
    </Form>
  );
}
