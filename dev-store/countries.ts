const names = new Intl.DisplayNames(["en"], { type: "region" });

/** English name of an ISO 3166 country code; the code itself when it is unknown. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

const codes = new Map<string, string>();

/** ISO 3166 code of an English country name, whatever its case; null when no country is called so. */
export function countryCodeOf(name: string): string | null {
  if (!codes.size) {
    for (let first = 65; first <= 90; first += 1) {
      for (let second = 65; second <= 90; second += 1) {
        const code = String.fromCharCode(first, second);
        const found = names.of(code);
        // First come first: CLDR also names withdrawn codes (BU, DD) after their successors.
        if (found && found !== code && !codes.has(found.toLowerCase())) codes.set(found.toLowerCase(), code);
      }
    }
  }
  return codes.get(name.toLowerCase()) ?? null;
}
