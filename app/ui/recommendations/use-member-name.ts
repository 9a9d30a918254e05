import { useTranslation } from "react-i18next";
import { translateOpen } from "../i18n/translate-open.ts";

/** What a member does, in plain words; its own name where there are none. */
export function useMemberName(): (member: string) => string {
  const { t } = useTranslation("recommendations");
  return (member) => translateOpen(t, `members.${member}`, { defaultValue: member });
}
