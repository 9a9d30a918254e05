import type { IncomingMessage, ServerResponse } from "node:http";

/** One request to the storefront, with what the cookies say of the visitor. */
export interface Visit {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  readonly method: string;
  readonly cookies: ReadonlyMap<string, string>;
  readonly locale: string;
  readonly customerId: number | null;
}

export const locales = [
  { iso_code: "en", endonym_name: "English" },
  { iso_code: "zh-CN", endonym_name: "简体中文" },
] as const;

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at).trim(), decode(pair.slice(at + 1).trim()));
  }
  return cookies;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The language chosen with the selector, else English: a shop's first language, not the browser's. */
export function readLocale(cookies: ReadonlyMap<string, string>): string {
  return locales.find((locale) => locale.iso_code === cookies.get("localization"))?.iso_code ?? "en";
}
