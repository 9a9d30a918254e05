import { createContext, useContext, useMemo, type ReactNode } from "react";
import { useLanguage } from "../i18n/language-provider.tsx";
import { createFormat, type Format } from "./create-format.ts";

const FormatContext = createContext<Format | null>(null);

export function FormatProvider(props: { currency: string; timeZone: string; children: ReactNode }) {
  const { locale } = useLanguage();
  const format = useMemo(() => createFormat(locale, props.currency, props.timeZone), [locale, props.currency, props.timeZone]);
  return <FormatContext.Provider value={format}>{props.children}</FormatContext.Provider>;
}

export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error("FormatProvider is missing above this component");
  return format;
}
