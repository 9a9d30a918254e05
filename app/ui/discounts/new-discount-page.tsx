import { SaveBar } from "@shopify/app-bridge-react";
import { BlockStack, Button, InlineStack } from "@shopify/polaris";
import { useNavigation, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFieldErrors } from "../frames/use-field-errors.ts";
import { useUnsavedGuard } from "../frames/use-unsaved-guard.ts";
import { useFormat } from "../format/format-context.tsx";
import { DiscountFields } from "./discount-fields.tsx";
import { emptyDiscountForm, toDiscountInput, type DiscountForm } from "./discount-form.ts";
import { DryRun } from "./dry-run.tsx";
import { useDryRun } from "./use-dry-run.ts";

export interface NewDiscountPageProps {
  readonly segments: readonly SegmentSummary[];
  /** From the segment's page. */
  readonly segmentId: string | null;
  readonly failure: Failure | null;
  readonly nowMs: number;
}

export function NewDiscountPage(props: NewDiscountPageProps) {
  const { t } = useTranslation("discounts");
  const usable = props.segments.filter((segment) => segment.memberCount > 0);
  return (
    <PageFrame title={t("wizard.title")} barTitle={t("title")} back={{ to: "/app/discounts", label: t("title") }}>
      {usable.length === 0 ? (
        <SectionCard title={t("wizard.who")}>
          <EmptyNote title={t("wizard.noSegment.title")} text={t("wizard.noSegment.text")} action={{ label: t("wizard.noSegment.action"), to: "/app/segments" }} />
        </SectionCard>
      ) : (
        <Wizard {...props} segments={usable} />
      )}
    </PageFrame>
  );
}

function Wizard({ segments, segmentId, failure, nowMs }: NewDiscountPageProps) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const submit = useSubmit();
  const navigation = useNavigation();
  const [start] = useState(() => emptyDiscountForm(segments.find((segment) => segment.id === segmentId)?.id ?? segments[0].id, nowMs, format.timeZone));
  const [form, setForm] = useState<DiscountForm>(start);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const standInTitle = useTitle(form, segments);
  const dryRun = useDryRun((code) => toDiscountInput(form, format, { title: standInTitle, code }));
  const isSending = navigation.state !== "idle" && navigation.formMethod === "POST";
  const hasChanges = touched.size > 0 && !isSending;
  useUnsavedGuard(hasChanges);

  // Before the first try, only fields that were typed in may complain; after it, all of them.
  const refused = useFieldErrors(failure);
  const live = useFieldErrors(dryRun.failure);
  const errors = new Map([...(failure ? refused : []), ...[...live].filter(([field]) => failure !== null || touched.has(field.split(".")[0]))]);
  const change = (part: Partial<DiscountForm>, field: string) => {
    setForm((current) => ({ ...current, ...part }));
    setTouched((current) => new Set(current).add(field));
  };
  const create = () => submit(JSON.stringify(toDiscountInput(form, format, { title: standInTitle, code: dryRun.madeUpCode })), { method: "post", encType: "application/json" });
  const discard = () => {
    setForm(start);
    setTouched(new Set());
  };

  return (
    <>
      <SaveBar id="new-discount" open={hasChanges}>
        <button variant="primary" onClick={create}>{t("wizard.save")}</button>
        <button onClick={discard}>{t("wizard.discard")}</button>
      </SaveBar>
      {failure && failure.kind !== "invalid" ? <FailureBanner failure={failure} /> : null}
      <div className="tessera-columns is-main-aside">
        <BlockStack gap="400">
          <DiscountFields form={form} segments={segments} errors={errors} standInTitle={standInTitle} madeUpCode={dryRun.madeUpCode} onChange={change} />
          <InlineStack align="end">
            <Button variant="primary" onClick={create} loading={isSending}>{t("wizard.save")}</Button>
          </InlineStack>
        </BlockStack>
        <DryRun result={dryRun} />
      </div>
    </>
  );
}

/** A title for those who leave it empty: "10% off for Loyal". */
function useTitle(form: DiscountForm, segments: readonly SegmentSummary[]): string {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const segment = segments.find(({ id }) => id === form.segmentId)?.name ?? "";
  switch (form.kind) {
    case "percentage":
      return t("wizard.autoTitle.percentage", { percent: format.percent((Number(form.percent) || 0) / 100, Number.isInteger(Number(form.percent)) ? 0 : 1), segment });
    case "amount":
      return t("wizard.autoTitle.amount", { amount: `${form.amount || 0} ${format.currency}`, segment });
    case "free-shipping":
      return t("wizard.autoTitle.freeShipping", { segment });
  }
}
