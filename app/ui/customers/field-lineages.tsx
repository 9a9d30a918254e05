import { useTranslation } from "react-i18next";
import { lineageFields, lineageOf } from "#app/core/field-lineage.ts";
import { fieldGroups, profileFields } from "#app/core/profile-fields.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { useFieldWords } from "./use-field-words.ts";

/** Every figure of the profile with its formula, tables, window and time. */
export function FieldLineages({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords(profile.cluster ? [profile.cluster] : []);
  const { asOfMs, createdAtMs, refreshedAtMs } = profile.version;
  const known = lineageFields.filter((name) => profile.values[name]?.some((value) => value !== null));
  return (
    <details className="tessera-details">
      <summary>{t("lineage.open")}</summary>
      <p className="tessera-lineage">
        {t("lineage.text")} {t("lineage.time", { day: format.dateTime(asOfMs), computed: format.dateTime(createdAtMs) })}{" "}
        {refreshedAtMs === null ? null : t("lineage.refreshed", { day: format.dateTime(refreshedAtMs) })}
      </p>
      {fieldGroups.filter((group) => known.some((name) => profileFields[name].group === group)).map((group) => (
        <div key={group} className="tessera-heat-frame" role="region" aria-label={t(`groups.${group}`)}>
          <table className="tessera-figures">
            <caption className="tessera-caption">{t(`groups.${group}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t("lineage.figure")}</th>
                <th scope="col" />
                <th scope="col">{t("lineage.how")}</th>
                <th scope="col">{t("lineage.sources")}</th>
                <th scope="col">{t("lineage.window")}</th>
              </tr>
            </thead>
            <tbody>
              {known.filter((name) => profileFields[name].group === group).map((name) => {
                const { sources, window } = lineageOf(name);
                return (
                  <tr key={name}>
                    <th scope="row">{words.title(name)}</th>
                    <td>{(profile.values[name] ?? []).map((value) => words.text(name, value) ?? t("values.none")).join(" · ")}</td>
                    <td>{words.how(name)}</td>
                    <td>{format.list(sources.map((source) => t(`sources.${source}`)))}</td>
                    <td>{t(`windows.${window}`)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      ))}
    </details>
  );
}
