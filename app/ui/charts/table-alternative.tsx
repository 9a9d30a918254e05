import { useTranslation } from "react-i18next";

/** The same figures as a table, one click away, for everyone who cannot or would rather not read the picture. */
export function TableAlternative({ caption, headings, rows }: { caption: string; headings: readonly string[]; rows: readonly (readonly string[])[] }) {
  const { t } = useTranslation("frame");
  return (
    <details className="tessera-details">
      <summary>{t("chart.asTable")}</summary>
      <table className="tessera-figures">
        <caption className="tessera-hidden">{caption}</caption>
        <thead>
          <tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) => (index === 0 ? <th key={headings[0]} scope="row">{cell}</th> : <td key={headings[index]}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
