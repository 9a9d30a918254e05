import type { ClassicGroup, ShopifyGroup } from "#app/core/customer-groups.ts";

/** FM = (F + M) / 2. A half counts as the next whole one, because ties push F down: in most shops one order is F 1. */
export function combineFm(f: number, m: number): number {
  return Math.ceil((f + m) / 2);
}

/**
 * Shopify's group of a buyer from R and FM. The table is inferred from Shopify's descriptions and the widely used
 * partition of the 5 x 5 grid, since Shopify publishes no numbers (docs/models/rfm.md). Scores 1..5.
 */
export function shopifyGroupOf(r: number, f: number, m: number): ShopifyGroup {
  const fm = combineFm(f, m);
  if (r <= 2) return fm === 5 ? "PREVIOUSLY_LOYAL" : fm >= 3 ? "AT_RISK" : "DORMANT";
  if (fm >= 4) return r === 5 ? "CHAMPIONS" : "LOYAL";
  if (r === 3) return fm === 3 ? "NEEDS_ATTENTION" : "ALMOST_LOST";
  if (fm >= 2) return "ACTIVE";
  return r === 5 ? "NEW" : "PROMISING";
}

/** Squeezely's list of the 11 classic segments; it partitions the 125 codes exactly (rfm-schemes.test.ts enumerates them). */
export const classicCodes: Readonly<Record<ClassicGroup, string>> = {
  CHAMPIONS: "555 554 544 545 454 455 445",
  LOYAL: "543 444 435 355 354 345 344 335",
  POTENTIAL_LOYALIST: "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
  NEW_CUSTOMERS: "512 511 422 421 412 411 311",
  PROMISING: "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313",
  NEED_ATTENTION: "535 534 443 434 343 334 325 324",
  ABOUT_TO_SLEEP: "331 321 312 221 213 231 241 251",
  AT_RISK: "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124",
  CANNOT_LOSE_THEM: "155 154 144 214 215 115 114 113",
  HIBERNATING: "332 322 233 232 223 222 132 123 122 212 211",
  LOST: "111 112 121 131 141 151",
};

const classicByCode = new Map(
  Object.entries(classicCodes).flatMap(([group, codes]) => codes.split(" ").map((code) => [Number(code), group as ClassicGroup] as const)),
);

/** Scores 1..5; throws on any other. */
export function classicGroupOf(r: number, f: number, m: number): ClassicGroup {
  const group = classicByCode.get(r * 100 + f * 10 + m);
  if (!group) throw new Error(`not an RFM code: ${r}${f}${m}`);
  return group;
}
