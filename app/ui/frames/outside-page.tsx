import { useTranslation } from "react-i18next";

/** What stands outside the admin: nothing to do there but to go to the admin. It uses no Polaris, so it works when all else fails. */
export function OutsidePage({ kind }: { kind: "open" | "failed" }) {
  const { t } = useTranslation("frame");
  return (
    <main className="tessera-outside">
      <h1>{t(`outside.${kind}.title`)}</h1>
      <p>{t(`outside.${kind}.text`)}</p>
    </main>
  );
}
