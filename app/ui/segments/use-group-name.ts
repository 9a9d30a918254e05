import { useTranslation } from "react-i18next";
import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";

/** Plain words for a group's code, e.g. CHAMPIONS; an unknown code stays as it is. */
export function useGroupName(): (code: string) => string {
  const { t } = useTranslation("segments");
  return (code) => {
    const shopify = shopifyGroups.find((group) => group === code);
    if (shopify) return t(`groups.shopify.${shopify}.name`);
    const classic = classicGroups.find((group) => group === code);
    return classic ? t(`groups.classic.${classic}.name`) : code;
  };
}
