import { BlockStack, Checkbox, RangeSlider, Select } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StudioView } from "#app/core/studio-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import type { Change } from "./studio-page.tsx";
import { useMemberName } from "./use-member-name.ts";

const wishes = ["diversity", "novelty", "margin"] as const;
/** The address follows the slider when it rests. */
const REST_MS = 250;

/** "What would change if": the list follows at once, the shop does not. */
export function StudioWishes({ view, change }: { view: StudioView; change: Change }) {
  const { t } = useTranslation("recommendations");
  const memberName = useMemberName();
  const members = view.answer?.members.filter((member) => member !== view.answer?.model) ?? [];
  const isOfCustomers = view.task === "product-customers" || view.task === "next-category";
  return (
    <SectionCard title={t("wishes.title")} text={t("wishes.text")}>
      <BlockStack gap="400">
        {isOfCustomers ? null : wishes.map((name) => <Wish key={name} name={name} value={Math.round(view.settings[name] * 100)} change={change} />)}
        {isOfCustomers ? null : <Checkbox label={t("wishes.hideSoldOut")} checked={view.settings.hideSoldOut} onChange={(isHidden) => change({ soldOut: isHidden ? null : "show" })} />}
        <Select
          label={t("wishes.compare")}
          options={[{ value: "", label: t("wishes.nothing") }, ...members.map((member) => ({ value: member, label: memberName(member) }))]}
          value={view.compare ?? ""}
          onChange={(member) => change({ compare: member || null })}
        />
      </BlockStack>
    </SectionCard>
  );
}

function Wish({ name, value, change }: { name: (typeof wishes)[number]; value: number; change: Change }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    if (shown === value) return;
    const timer = setTimeout(() => change({ [name]: String(shown) }), REST_MS);
    return () => clearTimeout(timer);
  }, [shown, value, name, change]);
  return <RangeSlider label={t(`wishes.${name}.label`)} helpText={t(`wishes.${name}.text`)} min={0} max={100} step={5} value={shown} suffix={format.percent(shown / 100)} onChange={(next) => setShown(Number(next))} output />;
}
