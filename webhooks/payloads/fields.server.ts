import { z } from "zod";
import { parseMinor } from "#app/core/money.ts";

/** Fields as Shopify's REST-style payloads write them. */
export const shopifyId = z.number().int().positive();

/** ISO 8601 with an offset, to unix milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** "tag one, tag two" */
export const tagList = z.string().transform((text) => text.split(",").map((tag) => tag.trim()).filter(Boolean));

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "not an amount");

/** Prices of catalogue fields, which stand in the shop's currency without naming it. */
export const price = decimal;

/** The shop's own money of a `..._set`; the shopper's is not used. */
export const shopMoney = z
  .object({ shop_money: z.object({ amount: decimal, currency_code: z.string().length(3) }) })
  .transform(({ shop_money }) => parseMinor(shop_money.amount, shop_money.currency_code));
