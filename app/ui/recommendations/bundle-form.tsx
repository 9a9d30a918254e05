import { Banner, BlockStack, Button, ChoiceList, FormLayout, InlineStack, RangeSlider, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BundleAssumptions } from "#app/core/bundle-gain.ts";
import type { SetPlan } from "#app/core/bundle-plan.ts";
import type { BundleItemView, BundleMethod } from "#app/core/bundle-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { dayText, toDayStartMs } from "../discounts/discount-form.ts";
import { useFormat } from "../format/format-context.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { useFieldErrors } from "../frames/use-field-errors.ts";
import { bundleFigures, mostPercent } from "./bundle-figures.ts";
import { BundleMargin } from "./bundle-margin.tsx";

interface Props {
  readonly bundle: BundleItemView;
  readonly requestId: string;
  readonly percent: number;
  readonly onPercent: (percent: number) => void;
  readonly assumptions: BundleAssumptions;
  readonly gainDays: number;
  readonly nowMs: number;
  readonly onClose: () => void;
}

const MOST_TITLE = 255;
const FIELDS = ["title", "code", "percent", "usesPerOrder", "startsAtMs", "endsAtMs"];

/** The discount of one set: what it takes off and leaves, how shoppers get it, and when. */
export function BundleForm({ bundle, requestId, percent, onPercent, assumptions, gainDays, nowMs, onClose }: Props) {
  const { t } = useTranslation("bundles");
  const discounts = useTranslation("discounts").t;
  const format = useFormat();
  const fetcher = useFetcher<{ readonly failure: Failure | null }>();
  const [method, setMethod] = useState<BundleMethod>("automatic");
  const [title, setTitle] = useState(() => bundle.products.map((product) => product.title).join(" + ").slice(0, MOST_TITLE));
  const [code, setCode] = useState(() => `SET${bundle.products.map(({ productId }) => String(productId % 1000).padStart(3, "0")).join("")}`);
  const [uses, setUses] = useState("");
  const [startsOn, setStartsOn] = useState(() => dayText(nowMs, format.timeZone));
  const [endsOn, setEndsOn] = useState("");
  const failure = fetcher.state === "idle" ? fetcher.data?.failure : null;
  const errors = useFieldErrors(failure);
  const { plan, gain } = bundleFigures(bundle, percent, assumptions);
  const isToday = startsOn === dayText(nowMs, format.timeZone);
  return (
    <fetcher.Form method="post" className="tessera-set-form">
      <input type="hidden" name="id" value={requestId} />
      <input type="hidden" name="method" value={method} />
      <input type="hidden" name="percent" value={percent} />
      <input type="hidden" name="startsAtMs" value={isToday ? nowMs : toDayStartMs(startsOn, 0, format.timeZone)} />
      <input type="hidden" name="endsAtMs" value={endsOn ? toDayStartMs(endsOn, 1, format.timeZone) : ""} />
      {bundle.products.map(({ productId }) => <input key={productId} type="hidden" name="product" value={productId} />)}
      <BlockStack gap="400">
        {failure && !isOfAField(failure) ? <FailureBanner failure={failure} /> : null}
        <RangeSlider label={t("form.percent")} min={1} max={mostPercent(bundle)} step={1} value={percent} suffix={<span className="tessera-set-percent">{format.percent(percent / 100)}</span>} onChange={(next) => onPercent(Number(next))} output error={errors.get("percent")} />
        {plan ? <BundleMargin bundle={bundle} plan={plan} gainMinor={gain?.gainMinor ?? null} gainDays={gainDays} /> : null}
        {plan ? <Rule bundle={bundle} plan={plan} /> : null}
        <ChoiceList
          title={t("form.method")}
          choices={[
            { value: "automatic", label: t("form.automatic"), helpText: t("form.automaticHelp") },
            { value: "code", label: t("form.byCode"), helpText: t("form.byCodeHelp") },
          ]}
          selected={[method]}
          onChange={([next]) => setMethod(next === "code" ? "code" : "automatic")}
        />
        <FormLayout>
          {method === "code" ? <TextField label={discounts("fields.code")} name="code" value={code} onChange={(text) => setCode(text.toUpperCase())} autoComplete="off" maxLength={40} error={errors.get("code")} /> : null}
          <TextField label={t("form.title")} name="title" value={title} onChange={setTitle} helpText={t(method === "automatic" ? "form.titleSeen" : "form.titleUnseen")} autoComplete="off" maxLength={MOST_TITLE} error={errors.get("title")} />
          <FormLayout.Group>
            <TextField label={discounts("fields.startsOn")} type="date" value={startsOn} onChange={setStartsOn} autoComplete="off" error={errors.get("startsAtMs")} />
            <TextField label={discounts("fields.endsOn")} type="date" value={endsOn} onChange={setEndsOn} helpText={discounts("fields.endsOnHelp", { zone: format.timeZone })} autoComplete="off" error={errors.get("endsAtMs")} />
          </FormLayout.Group>
          <TextField label={t("form.uses")} name="usesPerOrder" type="number" inputMode="numeric" min={1} step={1} value={uses} onChange={setUses} helpText={t("form.usesHelp")} autoComplete="off" error={errors.get("usesPerOrder")} />
        </FormLayout>
        <Text as="p" variant="bodySm" tone="subdued">{t("form.combines")}</Text>
        <InlineStack gap="200"><Button submit variant="primary" loading={fetcher.state !== "idle"} disabled={!plan}>{t("form.create")}</Button><Button onClick={onClose}>{t("form.cancel")}</Button></InlineStack>
      </BlockStack>
    </fetcher.Form>
  );
}

function isOfAField(failure: Failure): boolean {
  return (failure.kind === "invalid" || failure.kind === "shopify-refused") && failure.problems.every(({ field }) => FIELDS.includes(field));
}

/** What a cart needs, said as Shopify will check it, and what else it lets through. */
function Rule({ bundle, plan }: { bundle: BundleItemView; plan: SetPlan }) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const titleOf = (index: number) => bundle.products[index].title;
  const gets = titleOf(plan.getsIndex);
  const off = { product: gets, share: format.percent(plan.getsShare, plan.getsShare * 100 === Math.round(plan.getsShare * 100) ? 0 : 2) };
  if (plan.isExact) return <Text as="p" variant="bodySm">{t("rule.exact", off)}</Text>;
  const others = bundle.products.filter((_, index) => index !== plan.getsIndex).map(({ title }) => title);
  const count = others.length;
  return (
    <Banner tone="info" title={t("rule.title")}>
      <BlockStack gap="100">
        <Text as="p">{t("rule.needs", { ...off, count, others: others.join(" / ") })}</Text>
        <Text as="p">{t("rule.letsThrough", { product: gets, count, other: titleOf(plan.lowestCart[0]) })}</Text>
      </BlockStack>
    </Banner>
  );
}
