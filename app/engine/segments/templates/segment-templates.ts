import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import { klaviyoGroups, lifecycleNames } from "../language/tessera-attributes.ts";
import type { SegmentTemplate, TemplateChoice, TemplateFamily } from "./segment-template.ts";

const template = (family: TemplateFamily, key: string, query: string, choice?: TemplateChoice): SegmentTemplate => ({ key, family, query, ...(choice ? { choice } : {}) });
const groups = (family: TemplateFamily, prefix: string, attribute: string, names: readonly string[]): SegmentTemplate[] =>
  names.map((group) => ({ key: `${prefix}_${group}`, family, group, query: `${attribute} = '${group}'` }));

/** The gallery, shelf by shelf, most asked for first. */
export const segmentTemplates: readonly SegmentTemplate[] = [
  template("start", "everyone", ""),
  template("start", "new_subscribers", "email_subscription_status = 'SUBSCRIBED' AND number_of_orders = 0 AND customer_added_date >= -90d"),
  template("start", "first_purchase", "number_of_orders = 1 AND last_order_date >= -30d"),
  template("start", "second_order", "number_of_orders = 1 AND last_order_date BETWEEN -60d AND -14d"),
  template("start", "one_time", "number_of_orders = 1"),
  template("start", "repeat", "number_of_orders >= 2"),
  template("start", "frequent", "orders_placed MATCHES (date >= -12m, count >= 4)"),
  template("start", "never_bought", "number_of_orders = 0"),

  template("win-back", "win_back_60", "last_order_date BETWEEN -90d AND -60d"),
  template("win-back", "win_back_90", "last_order_date BETWEEN -180d AND -90d"),
  template("win-back", "win_back_180", "last_order_date BETWEEN -365d AND -180d"),
  template("win-back", "win_back_year", "last_order_date < -365d"),
  template("win-back", "win_back_best", "top_customers MATCHES (by = 'amount_spent', percent = 20) AND last_order_date < -90d"),
  template("win-back", "overdue", "number_of_orders >= 2 AND expected_date_of_next_order < today AND last_order_date >= -12m"),
  template("win-back", "churn_high", "churn_probability > 0.7 AND number_of_orders >= 2"),

  template("value", "vip_5", "top_customers MATCHES (by = 'amount_spent', percent = 5)"),
  template("value", "clv_at_risk", "top_customers MATCHES (by = 'predicted_clv', percent = 20) AND churn_probability > 0.5"),
  template("value", "clv_top_100", "top_customers MATCHES (by = 'predicted_clv', count = 100)"),
  template("value", "big_baskets", "top_customers MATCHES (by = 'average_order_value', percent = 10) AND number_of_orders >= 2"),
  template("value", "value_tier_a", "value_tier = 'A'"),
  template("value", "margin_top", "top_customers MATCHES (by = 'gross_margin', percent = 10)"),
  template("value", "small_and_often", "number_of_orders >= 4 AND NOT (top_customers MATCHES (by = 'average_order_value', percent = 50))"),
  template("value", "refund_heavy", "refund_share > 0.3 AND number_of_orders >= 2"),

  template("cart", "abandoned_checkout", "abandoned_checkout_date >= -7d AND (last_order_date < -7d OR last_order_date IS NULL)"),
  template("cart", "abandoned_cart", "storefront_event.product_added_to_cart MATCHES (date >= -7d) AND orders_placed NOT MATCHES (date >= -7d)"),
  template("cart", "carted_price_sensitive", "storefront_event.product_added_to_cart MATCHES (date >= -14d) AND orders_placed NOT MATCHES (date >= -14d) AND price_sensitivity = 'HIGH'"),
  template("cart", "viewed_not_bought", "storefront_event.product_viewed MATCHES (date >= -14d, count >= 2) AND orders_placed NOT MATCHES (date >= -14d)"),

  template("discount", "discount_dependent", "discount_share >= 0.8 AND number_of_orders >= 2"),
  template("discount", "full_price", "discount_share = 0 AND number_of_orders >= 2"),
  template("discount", "price_sensitive", "price_sensitivity = 'HIGH'"),
  template("discount", "redeemed_campaign", "campaign_event.redeemed MATCHES (date >= -90d)"),
  template("discount", "unmoved_by_discount", "number_of_orders >= 3 AND orders_placed NOT MATCHES (discounted = true) AND top_customers MATCHES (by = 'amount_spent', percent = 20)"),

  template("calendar", "birthday", "anniversary ({}) BETWEEN today AND +30d", "birth-date"),
  template("calendar", "anniversary", "anniversary ('first_order_date') BETWEEN today AND +14d AND first_order_date < -300d"),
  template("calendar", "replenishment", "expected_date_of_next_order BETWEEN today AND +14d AND number_of_orders >= 2"),
  template("calendar", "email_engaged", "shopify_email.opened MATCHES (date >= -30d, count >= 2) OR shopify_email.clicked MATCHES (date >= -30d)"),
  template("calendar", "control_sample", "random_sample MATCHES (percent = 10, seed = 1)"),

  template("products", "category_fans", "products_purchased MATCHES (product_type = {}, count >= 2)", "product-type"),
  template("products", "category_affinity", "category_affinity CONTAINS {} AND last_order_date >= -12m", "product-type"),
  template("products", "category_once", "products_purchased MATCHES (product_type = {}, count = 1) AND number_of_orders = 1", "product-type"),
  template("products", "category_never", "number_of_orders >= 2 AND products_purchased NOT MATCHES (product_type = {})", "product-type"),
  template("products", "began_with", "first_order_contains MATCHES (product_type = {})", "product-type"),
  template("products", "lookalike", "", "segment"),

  ...groups("lifecycle", "stage", "lifecycle_stage", lifecycleNames),
  ...groups("shopify-rfm", "shopify", "rfm_group", shopifyGroups),
  ...groups("classic-rfm", "classic", "classic_rfm_group", classicGroups),
  ...groups("klaviyo-rfm", "klaviyo", "klaviyo_rfm_group", klaviyoGroups),
];
