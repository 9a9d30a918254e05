import { useTranslation } from "react-i18next";
import type { ClusterTraitView } from "#app/core/cluster-views.ts";

/** A group's name in plain words from the traits that set it apart. */
export function useClusterName(): (named: readonly ClusterTraitView[]) => string {
  const { t } = useTranslation("profile");
  return (named) => {
    if (named.length === 0) return t("clusters.typical");
    const words = named.map(({ key, distance }) => t(`clusters.traits.${key}.${distance > 0 ? "high" : "low"}`)).join(t("clusters.separator"));
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
}
