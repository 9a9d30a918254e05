import { Await } from "@remix-run/react";
import { createContext, Suspense, useContext, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";

const NamesContext = createContext<ReadonlyMap<number, string>>(new Map());
const noNames: ReadonlyMap<number, string> = new Map();

/** Shows the page at once with numbers and puts the names in when Shopify has answered; without an answer the numbers stay. */
export function CustomerNames({ names, children }: { names: Promise<readonly CustomerName[]>; children: ReactNode }) {
  const nameless = <NamesContext.Provider value={noNames}>{children}</NamesContext.Provider>;
  return (
    <Suspense fallback={nameless}>
      <Await resolve={names} errorElement={nameless}>
        {(found) => <NamesContext.Provider value={new Map(found.map(({ customerId, name }) => [customerId, name]))}>{children}</NamesContext.Provider>}
      </Await>
    </Suspense>
  );
}

/** The shopper's name as Shopify gives it, else "Customer 1234". */
export function useCustomerName(): (customerId: number) => string {
  const names = useContext(NamesContext);
  const { t } = useTranslation("customers");
  return (customerId) => names.get(customerId) ?? t("nameless", { id: String(customerId) });
}
