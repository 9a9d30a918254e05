import { useTranslation } from "react-i18next";
import type { DiscountValue } from "#app/core/discounts.ts";
import { useFormat } from "../format/format-context.tsx";

/** "10% off", "£5.00 off", "Free shipping" */
export function useDiscountWords(): (value: DiscountValue) => string {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  return (value) => {
    switch (value.kind) {
      case "percentage":
        return t("value.percentage", { percent: format.percent(value.percent / 100, Number.isInteger(value.percent) ? 0 : 1) });
      case "amount":
        return t("value.amount", { amount: format.money(value.minor) });
      case "free-shipping":
        return t("value.freeShipping");
    }
  };
}
