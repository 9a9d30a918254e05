import { useTranslation } from "react-i18next";
import type { ClusterNameView } from "#app/core/customer-views.ts";
import { profileFields, type ProfileField, type ProfileFieldName, type ProfileValue } from "#app/core/profile-fields.ts";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { valueTierNames } from "#app/core/prediction-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { translateOpen } from "../i18n/translate-open.ts";
import { useGroupName } from "../segments/use-group-name.ts";
import { useClusterName } from "./use-cluster-name.ts";

/** Titles and values of the figures of a profile as a merchant reads them. */
export function useFieldWords(clusters: readonly ClusterNameView[] = []) {
  const { t } = useTranslation("profile");
  const { t: tPredictions } = useTranslation("predictions");
  const format = useFormat();
  const groupName = useGroupName();
  const clusterName = useClusterName();

  const choiceText = (name: ProfileFieldName, value: string): string => {
    switch (name) {
      case "stage": {
        const stage = lifecycleNames.find((known) => known === value);
        return stage ? tPredictions(`stages.names.${stage}`) : value;
      }
      case "tier": {
        const tier = valueTierNames.find((known) => known === value);
        return tier ? tPredictions(`customer.tierNames.${tier}`) : value;
      }
      case "shopifyGroup":
      case "classicGroup":
        return groupName(value);
      case "cluster": {
        const found = clusters.find(({ number }) => String(number) === value);
        return found ? clusterName(found.named) : t("clusters.name", { number: value });
      }
      default:
        return translateOpen(t, `values.${sectionOf[name] ?? name}.${value}`, { defaultValue: value });
    }
  };

  return {
    title: (name: ProfileFieldName) => t(`fields.${name}.title`),
    how: (name: ProfileFieldName) => t(`fields.${name}.how`),
    text: (name: ProfileFieldName, value: ProfileValue): string | null => {
      if (value === null) return null;
      if (typeof value === "string") return choiceText(name, value);
      const { kind }: ProfileField = profileFields[name];
      switch (kind) {
        case "money":
          return format.money(value);
        case "share":
          return format.percent(value);
        case "instant":
          return format.day(value);
        case "days":
          return t("values.days", { count: Math.round(value) });
        case "number":
          return format.number(value, Math.abs(value) < 10 ? 2 : 1);
        default:
          return format.number(value);
      }
    },
  };
}

/** Where the words of a field's values stand when not under its own name. */
const sectionOf: Partial<Record<ProfileFieldName, string>> = { emailConsent: "consent", smsConsent: "consent", bandAffinity: "band", thirdsGroup: "thirds", firstChannel: "channel", mainChannel: "channel" };
