import { BlockStack, Checkbox, ChoiceList, FormLayout, Select, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { discountClasses, discountKinds } from "#app/core/discounts.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import type { DiscountForm } from "./discount-form.ts";

interface Props {
  readonly form: DiscountForm;
  readonly segments: readonly SegmentSummary[];
  /** By the name of the field in DiscountInput. */
  readonly errors: ReadonlyMap<string, string>;
  readonly standInTitle: string;
  readonly madeUpCode: string | null;
  readonly onChange: (part: Partial<DiscountForm>, field: string) => void;
}

export function DiscountFields(props: Props) {
  const { t } = useTranslation("discounts");
  return (
    <BlockStack gap="400">
      <SectionCard title={t("wizard.who")}><WhoFields {...props} /></SectionCard>
      <SectionCard title={t("wizard.what")}><ValueFields {...props} /></SectionCard>
      <SectionCard title={t("wizard.code")}><CodeFields {...props} /></SectionCard>
      <SectionCard title={t("wizard.when")}><LimitFields {...props} /></SectionCard>
    </BlockStack>
  );
}

function WhoFields({ form, segments, errors, standInTitle, onChange }: Props) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  return (
    <FormLayout>
      <Select
        label={t("fields.segment")}
        options={segments.map((segment) => ({ value: segment.id, label: t("fields.segmentOption", { name: segment.name, count: segment.memberCount, members: format.number(segment.memberCount) }) }))}
        value={form.segmentId}
        error={errors.get("segmentId")}
        onChange={(segmentId) => onChange({ segmentId }, "segmentId")}
      />
      <TextField label={t("fields.title")} value={form.title} placeholder={standInTitle} helpText={t("fields.titleHelp")} error={errors.get("title")} autoComplete="off" maxLength={255} onChange={(title) => onChange({ title }, "title")} />
    </FormLayout>
  );
}

function ValueFields({ form, errors, onChange }: Props) {
  const { t } = useTranslation("discounts");
  const { currency } = useFormat();
  return (
    <FormLayout>
      <ChoiceList
        title={t("fields.kind")}
        titleHidden
        choices={discountKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        selected={[form.kind]}
        onChange={([kind]) => onChange({ kind: discountKinds.find((known) => known === kind) ?? form.kind }, "value")}
      />
      {form.kind === "percentage" ? (
        <TextField label={t("fields.percent")} type="number" inputMode="decimal" min={1} max={100} step={0.5} suffix="%" value={form.percent} error={errors.get("value.percent")} autoComplete="off" onChange={(percent) => onChange({ percent }, "value")} />
      ) : null}
      {form.kind === "amount" ? (
        <TextField label={t("fields.amount")} inputMode="decimal" suffix={currency} value={form.amount} error={errors.get("value.minor")} autoComplete="off" onChange={(amount) => onChange({ amount }, "value")} />
      ) : null}
      <TextField label={t("fields.minimum")} inputMode="decimal" suffix={currency} value={form.minimum} helpText={t("fields.minimumHelp")} error={errors.get("minimumMinor")} autoComplete="off" onChange={(minimum) => onChange({ minimum }, "minimumMinor")} />
    </FormLayout>
  );
}

function CodeFields({ form, errors, madeUpCode, onChange }: Props) {
  const { t } = useTranslation("discounts");
  const isShared = form.codeMode === "shared";
  return (
    <FormLayout>
      <ChoiceList
        title={t("fields.codeMode")}
        titleHidden
        choices={[
          { value: "shared", label: t("codes.shared"), helpText: t("codes.sharedHelp") },
          { value: "unique", label: t("codes.unique"), helpText: t("codes.uniqueHelp") },
        ]}
        selected={[form.codeMode]}
        onChange={([mode]) => onChange({ codeMode: mode === "unique" ? "unique" : "shared" }, "codeMode")}
      />
      <TextField
        label={t(isShared ? "fields.code" : "fields.prefix")}
        value={form.code}
        placeholder={isShared ? (madeUpCode ?? undefined) : undefined}
        helpText={t(isShared ? "fields.codeHelp" : "fields.prefixHelp")}
        error={errors.get("code")}
        autoComplete="off"
        maxLength={40}
        onChange={(code) => onChange({ code: code.toUpperCase() }, "code")}
      />
    </FormLayout>
  );
}

function LimitFields({ form, errors, onChange }: Props) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const classes = discountClasses.filter((name) => form.kind !== "free-shipping" || name !== "shipping");
  return (
    <FormLayout>
      <FormLayout.Group>
        <TextField label={t("fields.startsOn")} type="date" value={form.startsOn} error={errors.get("startsAtMs")} autoComplete="off" onChange={(startsOn) => onChange({ startsOn }, "startsAtMs")} />
        <TextField label={t("fields.endsOn")} type="date" value={form.endsOn} helpText={t("fields.endsOnHelp", { zone: format.timeZone })} error={errors.get("endsAtMs")} autoComplete="off" onChange={(endsOn) => onChange({ endsOn }, "endsAtMs")} />
      </FormLayout.Group>
      {form.codeMode === "shared" ? (
        <>
          <TextField label={t("fields.usageLimit")} type="number" inputMode="numeric" min={1} step={1} value={form.usageLimit} helpText={t("fields.usageLimitHelp")} error={errors.get("usageLimit")} autoComplete="off" onChange={(usageLimit) => onChange({ usageLimit }, "usageLimit")} />
          <Checkbox label={t("fields.once")} checked={form.oncePerCustomer} onChange={(oncePerCustomer) => onChange({ oncePerCustomer }, "oncePerCustomer")} />
        </>
      ) : null}
      <ChoiceList
        title={t("fields.combines")}
        allowMultiple
        choices={classes.map((name) => ({ value: name, label: t(`classes.${name}`) }))}
        selected={[...form.combinesWith]}
        error={errors.get("combinesWith")}
        onChange={(selected) => onChange({ combinesWith: discountClasses.filter((name) => selected.includes(name)) }, "combinesWith")}
      />
    </FormLayout>
  );
}
