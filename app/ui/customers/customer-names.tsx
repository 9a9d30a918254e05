import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";

type Names = ReadonlyMap<number, string>;

const noNames: Names = new Map();
const NamesContext = createContext<Names>(noNames);

/**
 * Shows the page at once with numbers and puts the names in when Shopify has answered; without an answer the numbers
 * stay. No Suspense on purpose: a boundary that is still waiting when Polaris updates its providers breaks hydration.
 */
export function CustomerNames({ names, children }: { names: Promise<readonly CustomerName[]>; children: ReactNode }) {
  const [known, setKnown] = useState(noNames);
  useEffect(() => {
    let isCurrent = true;
    names.then(
      (found) => {
        // Names already on the page stay while a page of other customers is waiting for its own.
        if (isCurrent && found.length > 0) setKnown((before) => new Map([...before, ...found.map(({ customerId, name }) => [customerId, name] as const)]));
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [names]);
  return <NamesContext.Provider value={known}>{children}</NamesContext.Provider>;
}

/** The shopper's name as Shopify gives it, else "Customer 1234". */
export function useCustomerName(): (customerId: number) => string {
  const names = useContext(NamesContext);
  const { t } = useTranslation("customers");
  return (customerId) => names.get(customerId) ?? t("nameless", { id: String(customerId) });
}
