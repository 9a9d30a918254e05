import type { Rng } from "../counter-rng.ts";
import { pick, WeightedIndex } from "../distributions.ts";
import type { Preset } from "../presets/preset.ts";
import { slugify } from "../slug.ts";
import { culturesByCountry } from "./names.ts";
import { places } from "./places.ts";

export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly locale: string;
  readonly address1: string;
  readonly zip: string;
  readonly city: string;
  readonly provinceCode: string | null;
  readonly countryCode: string;
}

/** Domains kept for examples by RFC 2606: no letter to them can reach anybody. */
const DOMAINS = ["example.com", "example.org", "example.net"];

export function createPersonSource(preset: Preset): (rng: Rng, uniqueSuffix: string) => Person {
  const countries = new WeightedIndex(preset.countries.map(([, share]) => share));
  const cultures = new Map(Object.entries(culturesByCountry).map(([country, shares]) => [country, { index: new WeightedIndex(shares.map(([, share]) => share)), list: shares.map(([culture]) => culture) }]));
  return (rng, uniqueSuffix) => {
    const countryCode = preset.countries[countries.draw(rng)][0];
    const choice = cultures.get(countryCode);
    const place = places[countryCode];
    if (!choice || !place) throw new Error(`preset ${preset.name}: no names or places for country ${countryCode}`);
    const culture = choice.list[choice.index.draw(rng)];
    const given = pick(rng, culture.given);
    const family = pick(rng, culture.family);
    const written = (name: string | readonly [string, string]) => (typeof name === "string" ? name : name[0]);
    const latin = (name: string | readonly [string, string]) => slugify(typeof name === "string" ? name.replace(/ü/g, "ue").replace(/ö/g, "oe").replace(/ä/g, "ae") : name[1]);
    const [city, provinceCode, zip] = pick(rng, place.towns);
    const fill = (pattern: string) => pattern.replace(/[#@]/g, (sign) => (sign === "#" ? String(rng.below(10)) : "ABDEFGHJLNPQRSTUWXYZ"[rng.below(20)]));
    return {
      firstName: written(given),
      lastName: written(family),
      email: `${latin(given)}.${latin(family)}.${uniqueSuffix}@${pick(rng, DOMAINS)}`,
      phone: place.phone !== null && rng.next() < 0.35 ? fill(place.phone.replace("###-555", `${200 + rng.below(700)}-555`)) : null,
      locale: culture.locale,
      address1: place.address.replace("{n}", String(1 + rng.below(180))).replace("{s}", pick(rng, place.streets)),
      zip: fill(zip),
      city,
      provinceCode,
      countryCode,
    };
  };
}
