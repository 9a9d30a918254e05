import { BlockStack, Button, Checkbox, InlineGrid, Modal, Text } from "@shopify/polaris";
import { useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerListView } from "#app/core/customer-views.ts";
import { fieldGroups, listFieldNames, profileFields, type ProfileFieldName } from "#app/core/profile-fields.ts";
import { customersPath, usualColumns } from "./customers-path.ts";
import { useFieldWords } from "./use-field-words.ts";

const KEPT_AS = "tessera.customers.columns";

/** Which figures the list shows; kept in this browser, and in the address so that a link shows the same. */
export function ColumnChooser({ list }: { list: CustomerListView }) {
  const { t } = useTranslation("customers");
  const { t: tProfile } = useTranslation("profile");
  const words = useFieldWords();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly ProfileFieldName[]>(list.columns);
  useKeptColumns(list);
  const show = (columns: readonly ProfileFieldName[]) => {
    keep(columns);
    setOpen(false);
    navigate(customersPath(list, { columns: columns.length > 0 ? columns : usualColumns }));
  };
  const toggle = (name: ProfileFieldName) => setChosen((before) => (before.includes(name) ? before.filter((one) => one !== name) : [...before, name]));
  return (
    <>
      <Button onClick={() => { setChosen(list.columns); setOpen(true); }}>{t("columns.choose")}</Button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t("columns.title")}
        primaryAction={{ content: t("columns.apply"), disabled: chosen.length === 0, onAction: () => show(chosen) }}
        secondaryActions={[{ content: t("columns.reset"), onAction: () => show(usualColumns) }, { content: t("columns.close"), onAction: () => setOpen(false) }]}
      >
        <Modal.Section>
          <BlockStack gap="400">
            <Text as="p" tone="subdued">{t("columns.text")}</Text>
            {fieldGroups.map((group) => (
              <fieldset key={group} className="tessera-fieldset">
                <legend>{tProfile(`groups.${group}`)}</legend>
                <InlineGrid columns={{ xs: 1, sm: 2 }} gap="100">
                  {listFieldNames.filter((name) => profileFields[name].group === group).map((name) => (
                    <Checkbox key={name} label={words.title(name)} checked={chosen.includes(name)} onChange={() => toggle(name)} />
                  ))}
                </InlineGrid>
              </fieldset>
            ))}
          </BlockStack>
        </Modal.Section>
      </Modal>
    </>
  );
}

/** A list opened without columns in its address takes those chosen last time. */
function useKeptColumns(list: CustomerListView): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (new URLSearchParams(window.location.search).has("cols")) return;
    const kept = readKept();
    if (kept && kept.join() !== list.columns.join()) navigate(customersPath(list, { columns: kept }), { replace: true });
    // Once, when the page opens: later choices are in the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

function readKept(): ProfileFieldName[] | null {
  try {
    const text = window.localStorage.getItem(KEPT_AS);
    const names = text?.split(",") ?? [];
    const known = listFieldNames.filter((name) => names.includes(name)).sort((a, b) => names.indexOf(a) - names.indexOf(b));
    return known.length > 0 ? known : null;
  } catch {
    // A browser may refuse a frame its storage: then nothing is kept.
    return null;
  }
}

function keep(columns: readonly ProfileFieldName[]): void {
  try {
    window.localStorage.setItem(KEPT_AS, columns.join(","));
  } catch {
    // As above.
  }
}
