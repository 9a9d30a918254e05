import { BlockStack, Button, InlineStack, RangeSlider, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BundleAssumptions } from "#app/core/bundle-gain.ts";
import type { Failure } from "#app/core/failure.ts";
import { useFormat } from "../format/format-context.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFieldErrors } from "../frames/use-field-errors.ts";

const MOST = 300;

/** What the estimates take for granted of shoppers, said as such and the merchant's to move. */
export function BundleAssumptionsCard({ assumptions }: { assumptions: BundleAssumptions }) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const fetcher = useFetcher<{ readonly failure: Failure | null }>();
  const [offered, setOffered] = useState(Math.round(assumptions.offered * 100));
  const [perTen, setPerTen] = useState(Math.round(assumptions.perTenPercent * 100));
  const [margin, setMargin] = useState(assumptions.assumedMarginShare === null ? "" : String(Math.round(assumptions.assumedMarginShare * 100)));
  const failure = fetcher.state === "idle" ? fetcher.data?.failure : null;
  const errors = useFieldErrors(failure);
  const isSaved = fetcher.state === "idle" && fetcher.data?.failure === null;
  // Of 100 orders of which 20 complete the set by themselves: the numbers become something to picture.
  const more = (share: number) => format.number((20 * share) / 100, 0);
  return (
    <SectionCard title={t("assumptions.title")} text={t("assumptions.text")}>
      <fetcher.Form method="post">
        <BlockStack gap="400">
          {failure && errors.size === 0 ? <FailureBanner failure={failure} /> : null}
          <input type="hidden" name="intent" value="assume" />
          <input type="hidden" name="offered" value={offered} />
          <input type="hidden" name="perTenPercent" value={perTen} />
          <div className="tessera-columns is-halves">
            <RangeSlider label={t("assumptions.offered")} helpText={t("assumptions.offeredHelp", { more: more(offered) })} min={0} max={MOST} step={5} value={offered} suffix={<span className="tessera-set-percent">{format.percent(offered / 100)}</span>} onChange={(next) => setOffered(Number(next))} output error={errors.get("offered")} />
            <RangeSlider label={t("assumptions.perTen")} helpText={t("assumptions.perTenHelp", { more: more(perTen) })} min={0} max={MOST} step={5} value={perTen} suffix={<span className="tessera-set-percent">{format.percent(perTen / 100)}</span>} onChange={(next) => setPerTen(Number(next))} output error={errors.get("perTenPercent")} />
          </div>
          <TextField label={t("assumptions.margin")} name="assumedMargin" type="number" inputMode="decimal" min={0} max={100} suffix="%" value={margin} onChange={setMargin} helpText={t("assumptions.marginHelp")} autoComplete="off" error={errors.get("assumedMarginShare")} />
          <InlineStack gap="300" blockAlign="center">
            <Button submit loading={fetcher.state !== "idle"}>{t("assumptions.save")}</Button>
            <div role="status">{isSaved ? <Text as="span" tone="success">{t("assumptions.saved")}</Text> : null}</div>
          </InlineStack>
          <details className="tessera-details">
            <summary>{t("assumptions.how")}</summary>
            <BlockStack gap="200">
              <Text as="p" variant="bodySm">{t("assumptions.formula1")}</Text>
              <Text as="p" variant="bodySm">{t("assumptions.formula2")}</Text>
              <Text as="p" variant="bodySm">{t("assumptions.formula3")}</Text>
            </BlockStack>
          </details>
        </BlockStack>
      </fetcher.Form>
    </SectionCard>
  );
}
