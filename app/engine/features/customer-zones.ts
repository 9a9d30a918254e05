import type { CodedColumn } from "../snapshot/snapshot.ts";

export const zoneSources = ["shop", "country", "province"] as const;
export type ZoneSource = (typeof zoneSources)[number];

/** Countries with one time zone, or with one in which nearly everybody lives. ISO 3166-1 to IANA. */
const countryZones: Readonly<Record<string, string>> = {
  AE: "Asia/Dubai", AR: "America/Argentina/Buenos_Aires", AT: "Europe/Vienna", AU: "Australia/Sydney", BD: "Asia/Dhaka", BE: "Europe/Brussels", BG: "Europe/Sofia",
  BR: "America/Sao_Paulo", CA: "America/Toronto", CH: "Europe/Zurich", CL: "America/Santiago", CN: "Asia/Shanghai", CO: "America/Bogota", CR: "America/Costa_Rica",
  CY: "Asia/Nicosia", CZ: "Europe/Prague", DE: "Europe/Berlin", DK: "Europe/Copenhagen", EC: "America/Guayaquil", EE: "Europe/Tallinn", EG: "Africa/Cairo",
  ES: "Europe/Madrid", FI: "Europe/Helsinki", FR: "Europe/Paris", GB: "Europe/London", GR: "Europe/Athens", HK: "Asia/Hong_Kong", HR: "Europe/Zagreb",
  HU: "Europe/Budapest", ID: "Asia/Jakarta", IE: "Europe/Dublin", IL: "Asia/Jerusalem", IN: "Asia/Kolkata", IS: "Atlantic/Reykjavik", IT: "Europe/Rome",
  JP: "Asia/Tokyo", KE: "Africa/Nairobi", KR: "Asia/Seoul", KW: "Asia/Kuwait", KZ: "Asia/Almaty", LT: "Europe/Vilnius", LU: "Europe/Luxembourg", LV: "Europe/Riga",
  MA: "Africa/Casablanca", MT: "Europe/Malta", MX: "America/Mexico_City", MY: "Asia/Kuala_Lumpur", NG: "Africa/Lagos", NL: "Europe/Amsterdam", NO: "Europe/Oslo",
  NZ: "Pacific/Auckland", PE: "America/Lima", PH: "Asia/Manila", PK: "Asia/Karachi", PL: "Europe/Warsaw", PT: "Europe/Lisbon", QA: "Asia/Qatar", RO: "Europe/Bucharest",
  RS: "Europe/Belgrade", RU: "Europe/Moscow", SA: "Asia/Riyadh", SE: "Europe/Stockholm", SG: "Asia/Singapore", SI: "Europe/Ljubljana", SK: "Europe/Bratislava",
  TH: "Asia/Bangkok", TR: "Europe/Istanbul", TW: "Asia/Taipei", UA: "Europe/Kyiv", US: "America/New_York", UY: "America/Montevideo", VN: "Asia/Ho_Chi_Minh", ZA: "Africa/Johannesburg",
};

/** Provinces of countries with several zones; one that is not here has its country's zone. A province with two has that of most of its people. */
const provinceZones: Readonly<Record<string, string>> = {
  ...zoned("US", "America/Chicago", "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI"),
  ...zoned("US", "America/Denver", "CO ID MT NM UT WY"),
  ...zoned("US", "America/Los_Angeles", "CA NV OR WA"),
  ...zoned("US", "America/Phoenix", "AZ"), ...zoned("US", "America/Anchorage", "AK"), ...zoned("US", "Pacific/Honolulu", "HI"), ...zoned("US", "America/Puerto_Rico", "PR VI"),
  ...zoned("CA", "America/Vancouver", "BC"), ...zoned("CA", "America/Edmonton", "AB NT"), ...zoned("CA", "America/Regina", "SK"), ...zoned("CA", "America/Winnipeg", "MB"),
  ...zoned("CA", "America/Halifax", "NS NB PE"), ...zoned("CA", "America/St_Johns", "NL"), ...zoned("CA", "America/Whitehorse", "YT"), ...zoned("CA", "America/Iqaluit", "NU"),
  ...zoned("AU", "Australia/Brisbane", "QLD"), ...zoned("AU", "Australia/Adelaide", "SA"), ...zoned("AU", "Australia/Darwin", "NT"), ...zoned("AU", "Australia/Perth", "WA"),
  ...zoned("BR", "America/Manaus", "AM RO RR"), ...zoned("BR", "America/Cuiaba", "MT MS"), ...zoned("BR", "America/Rio_Branco", "AC"),
  ...zoned("MX", "America/Tijuana", "BC"), ...zoned("MX", "America/Hermosillo", "SON"), ...zoned("MX", "America/Mazatlan", "BCS SIN NAY"), ...zoned("MX", "America/Cancun", "QROO"),
  ...zoned("ES", "Atlantic/Canary", "GC TF"), ...zoned("PT", "Atlantic/Azores", "PT-20"),
};

function zoned(country: string, zone: string, provinces: string): Record<string, string> {
  return Object.fromEntries(provinces.split(" ").map((province) => [`${country}-${province}`, zone]));
}

/** Time zone of an address, as well as country and province tell it; the shop's own where neither is known. */
export function findZone(country: string | null, province: string | null, shopZone: string): { readonly timeZone: string; readonly source: ZoneSource } {
  const byProvince = country && province ? provinceZones[`${country}-${province}`] : undefined;
  if (byProvince) return { timeZone: byProvince, source: "province" };
  const byCountry = country ? countryZones[country] : undefined;
  return byCountry ? { timeZone: byCountry, source: "country" } : { timeZone: shopZone, source: "shop" };
}

/** One zone a customer row: `zones[code[row]]`. */
export interface CustomerZones {
  readonly code: Uint16Array;
  readonly zones: readonly string[];
  /** Index into zoneSources. */
  readonly source: Uint8Array;
}

/** By customer row; every pair of country and province is looked up once. */
export function computeCustomerZones(country: CodedColumn, province: CodedColumn | null, shopZone: string): CustomerZones {
  const count = country.codes.length;
  const code = new Uint16Array(count);
  const source = new Uint8Array(count);
  const zones: string[] = [shopZone];
  const known = new Map<number, { readonly zone: number; readonly source: number }>();
  const width = (province?.names.length ?? 0) + 1;
  for (let row = 0; row < count; row++) {
    const at = country.codes[row];
    if (at < 0) continue;
    const within = province ? province.codes[row] : -1;
    const key = at * width + within + 1;
    let place = known.get(key);
    if (!place) {
      const found = findZone(country.names[at], within < 0 || !province ? null : province.names[within], shopZone);
      const seen = zones.indexOf(found.timeZone);
      if (seen < 0) zones.push(found.timeZone);
      known.set(key, (place = { zone: seen < 0 ? zones.length - 1 : seen, source: zoneSources.indexOf(found.source) }));
    }
    code[row] = place.zone;
    source[row] = place.source;
  }
  return { code, zones, source };
}
