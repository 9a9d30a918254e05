import { useTranslation } from "react-i18next";
import type { ChoiceReason } from "#app/core/evaluation-report.ts";
import { useFormat } from "../format/format-context.tsx";
import { useMemberName } from "./use-member-name.ts";

/** Why the choice was made, a sentence a reason. */
export function useChoiceWords(): (reason: ChoiceReason) => string {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const name = useMemberName();
  return (reason) => {
    switch (reason.code) {
      case "too-few-to-validate":
        return t("choice.tooFew", { count: reason.asked, need: format.number(reason.need) });
      case "best-on-validation":
        return t("choice.best", { member: name(reason.member) });
      case "simpler-within-one-error":
        return t("choice.simpler", { member: name(reason.member), best: name(reason.best) });
      case "hybrid-gains":
        return t("choice.hybridGains", { over: name(reason.over) });
      case "hybrid-does-not-gain":
        return t("choice.hybridNoGain", { over: name(reason.over) });
      case "against-popularity":
        if (reason.ratio === null) return t("choice.popularityNever");
        return t(reason.isSure ? "choice.popularitySure" : "choice.popularityUnsure", { times: format.number(reason.ratio, 1) });
      case "in-hindsight":
        return t(reason.difference.low <= 0 && reason.difference.high >= 0 ? "choice.hindsightSame" : "choice.hindsightOther", { member: name(reason.member) });
    }
  };
}
