import { Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly isNumeric?: boolean;
  /** Where a click on the heading leads, and which way the table is sorted now. */
  readonly sort?: { readonly to: string; readonly direction: "ascending" | "descending" | "none" };
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
}

/**
 * A plain table that becomes a list of cards when its own width is small (container query in tessera.css), so nothing
 * scrolls sideways on a phone and server and browser render the same markup. The first column names the row.
 */
export function RecordTable<Row>({ label, columns, rows, rowKey }: Props<Row>) {
  const { t } = useTranslation("frame");
  return (
    <div className="tessera-table">
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.isNumeric ? "is-numeric" : undefined} aria-sort={column.sort?.direction}>
                {column.sort ? (
                  <Link to={column.sort.to} preventScrollReset className="tessera-sort" aria-label={t("table.sortBy", { column: column.title })}>
                    {column.title}
                    <span aria-hidden="true" className={`tessera-sort-mark is-${column.sort.direction}`} />
                  </Link>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) => {
                const content = column.cell(row);
                if (index === 0) return <th key={column.key} scope="row">{content}</th>;
                return (
                  <td key={column.key} className={column.isNumeric ? "is-numeric" : undefined}>
                    <span className="tessera-cell-label" aria-hidden="true">{column.title}</span>
                    <span>{content ?? <Text as="span" tone="subdued">{t("table.none")}</Text>}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
