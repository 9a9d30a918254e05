/** ISO 3166 codes that Intl knows by an English name; built once. */
function namesOfCountries(): Map<string, string> {
  const display = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const names = new Map<string, string>();
  for (let a = 65; a <= 90; a++) {
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b);
      const name = display.of(code);
      // Codes that were withdrawn still have names: DD is "Germany" too, and its canonical form is DE.
      if (name !== undefined && new Intl.Locale(`und-${code}`).region === code) names.set(name.toLowerCase(), code);
    }
  }
  return names;
}

/** Country name or code to a two-letter code; null when it names no country. */
export function createCountryReader(special: Readonly<Record<string, string | null>>): (text: string) => string | null {
  const names = namesOfCountries();
  const own = new Map(Object.entries(special).map(([name, code]) => [name.toLowerCase(), code]));
  const codes = new Set(names.values());
  return (text) => {
    const key = text.trim().toLowerCase();
    if (key === "") return null;
    const found = own.get(key);
    if (found !== undefined) return found;
    return names.get(key) ?? (codes.has(key.toUpperCase()) ? key.toUpperCase() : null);
  };
}
