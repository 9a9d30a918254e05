import { useTranslation } from "react-i18next";
import type { PickReason } from "#app/core/recommendation-answer.ts";
import { useFormat } from "../format/format-context.tsx";

/** A reason as a sentence. `titles` names the products that reasons point to. */
export function useReason(nowMs: number): (reason: PickReason, titles: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const percent = (share: number) => format.percent(share, share < 0.1 ? 1 : 0);
  return (reason, titles) => {
    switch (reason.code) {
      case "bought-together":
        return t("why.together", { count: reason.orders, shown: format.number(reason.orders), share: percent(reason.share), product: titles[reason.productId] ?? "" });
      case "also-bought":
        return t("why.alsoBought", { count: reason.customers, shown: format.number(reason.customers), share: percent(reason.share), product: titles[reason.productId] ?? "" });
      case "bought-before":
        return t("why.boughtBefore", { count: reason.times, shown: format.number(reason.times), ago: format.ago(reason.lastAtMs, nowMs) });
      case "due":
        return t(`why.${reason.inDays < 0 ? "overdue" : "due"}${reason.by === "customer" ? "" : "AsOthers"}`, { times: format.number(reason.times), every: format.number(reason.everyDays), count: Math.abs(reason.inDays), shown: format.number(Math.abs(reason.inDays)) });
      case "same-type":
        return t("why.sameType", { type: reason.type });
      case "bought-type":
        return t("why.boughtType", { type: reason.type, count: reason.times, shown: format.number(reason.times) });
      case "new":
        return t("why.new", { ago: format.ago(reason.createdAtMs, nowMs) });
      case "rising":
        // A ratio to next to nothing is a large number that says little.
        if (reason.usual < 1) return t("why.risingFromNothing", { count: reason.orders, shown: format.number(reason.orders) });
        return t("why.rising", { count: reason.orders, shown: format.number(reason.orders), usual: format.number(reason.usual, reason.usual < 10 ? 1 : 0), times: format.number(reason.orders / reason.usual, 1) });
      case "new-arrival":
        return [
          t("why.newArrival", { ago: format.ago(reason.createdAtMs, nowMs), count: reason.orders, shown: format.number(reason.orders), of: format.number(reason.of) }),
          reason.alikeId === null ? null : t("why.mostLike", { product: titles[reason.alikeId] ?? "" }),
          reason.withId === null ? null : t("why.goesWith", { product: titles[reason.withId] ?? "" }),
        ].filter((part) => part !== null).join(t("why.separator"));
      case "popular":
        return t("why.popular", { share: percent(reason.share) });
      case "fits-members":
        return t("why.fits", { count: reason.customers, shown: format.number(reason.customers), of: format.number(reason.of) });
      case "followed":
        return reason.type ? t("why.followed", { type: reason.type, share: percent(reason.share) }) : t("why.often", { share: percent(reason.share) });
      case "active-buyer":
        return t("why.active", { count: reason.orders, shown: format.number(reason.orders) });
    }
  };
}
