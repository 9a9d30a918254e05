/** Languages the app speaks; the admin names the merchant's as a BCP 47 tag in the `locale` query parameter. */
export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

/** Simplified Chinese for zh, zh-CN, zh-SG and zh-Hans-*; Traditional script (TW, HK, MO, Hant) is another language, so English. */
function matchLocale(tag: string): Locale | null {
  const parts = tag.trim().toLowerCase().split(/[-_]/);
  if (parts[0] === "en") return "en";
  if (parts[0] !== "zh") return null;
  if (parts.includes("hans")) return "zh-CN";
  return parts.some((part) => ["hant", "tw", "hk", "mo"].includes(part)) ? null : "zh-CN";
}

/** The admin's language first, else the first one of the browser that we speak, else English. */
export function resolveLocale(adminLocale: string | null | undefined, acceptLanguage: string | null | undefined): Locale {
  const asked = adminLocale ? matchLocale(adminLocale) : null;
  if (asked) return asked;
  if (adminLocale) return "en";
  for (const entry of (acceptLanguage ?? "").split(",")) {
    const found = matchLocale(entry.split(";")[0]);
    if (found) return found;
  }
  return "en";
}
