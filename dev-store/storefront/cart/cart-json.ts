import { imageOf } from "../liquid/images.ts";
import { toHundredths } from "../money-format.ts";
import type { AppliedDiscount } from "../../context.ts";
import type { PricedCart, PricedCartLine } from "./price-cart.ts";

/** One line as /cart.js and Liquid's `cart.items` show it. */
export function lineJson(line: PricedCartLine, at: number, currency: string, applied: readonly AppliedDiscount[]) {
  const { product, variant, quantity } = line;
  const cents = (minor: number) => toHundredths(minor, currency);
  const isDefault = product.variants.length === 1 && variant.title === "Default Title";
  const image = imageOf(product);
  const linePrice = variant.price * quantity;
  const url = `/products/${product.handle}?variant=${variant.id}`;
  const allocations = applied.flatMap(({ lineAmounts, ...discount }) => (lineAmounts[at] > 0 ? [{ amount: cents(lineAmounts[at]), discount_application: { ...applicationOf(discount), target_type: "line_item" } }] : []));
  return {
    id: variant.id, properties: line.properties, quantity, variant_id: variant.id, key: line.key,
    title: isDefault ? product.title : `${product.title} - ${variant.title}`,
    price: cents(variant.price), original_price: cents(variant.price), presentment_price: cents(variant.price) / 100, discounted_price: cents(variant.price),
    line_price: cents(linePrice), original_line_price: cents(linePrice), total_discount: cents(line.discount), discounts: [],
    final_price: Math.round(cents(linePrice - line.discount) / quantity), final_line_price: cents(linePrice - line.discount),
    sku: variant.sku, grams: 0, vendor: product.vendor, taxable: true, gift_card: false, requires_shipping: true,
    product_id: product.id, product_has_only_default_variant: isDefault, product_title: product.title, product_type: product.type,
    product_description: product.descriptionHtml, variant_title: isDefault ? null : variant.title, variant_options: variant.options,
    options_with_values: product.optionNames.map((name, at) => ({ name, value: variant.options[at] ?? "" })),
    url, handle: product.handle, image: image?.src ?? null,
    featured_image: image ? { aspect_ratio: 1, alt: image.alt, height: image.height, url: image.src, width: image.width } : null,
    line_level_discount_allocations: allocations, line_level_total_discount: cents(line.discount), has_components: false,
  };
}

const applicationOf = ({ codeId, code }: Pick<AppliedDiscount, "codeId" | "code">) => ({ type: codeId === null ? "automatic" : "discount_code", title: code });

/** What the theme names beside the total: codes and discounts that apply by themselves. */
export const discountApplications = (applied: readonly AppliedDiscount[], currency: string) =>
  applied.filter((one) => one.amount > 0).map((one) => ({ ...applicationOf(one), total_allocated_amount: toHundredths(one.amount, currency) }));

export function cartJson(priced: PricedCart, currency: string) {
  const cents = (minor: number) => toHundredths(minor, currency);
  const code = priced.decision?.ok ? priced.decision.code : null;
  return {
    token: priced.cart.token, note: null, attributes: priced.cart.attributes,
    original_total_price: cents(priced.subtotal), total_price: cents(priced.total), total_discount: cents(priced.discount), total_weight: 0,
    item_count: priced.itemCount, items: priced.lines.map((line, at) => lineJson(line, at, currency, priced.applied)), requires_shipping: priced.lines.length > 0, currency,
    items_subtotal_price: cents(priced.total), cart_level_discount_applications: [],
    discount_codes: priced.cart.discountCode ? [{ code: code ?? priced.cart.discountCode, applicable: priced.decision?.ok === true }] : [],
  };
}
