import { describe, expect, it } from "vitest";
import { checkQuery } from "../language/check-query.ts";
import { parseQuery } from "../language/parse-query.ts";
import type { ShopWords } from "./shop-words.ts";
import { translatePhrase } from "./translate-phrase.ts";

const words: ShopWords = {
  productTypes: ["Shoes", "Hats", "Bag", "鞋子"], vendors: ["Acme"], productTags: ["organic"], customerTags: ["vip", "wholesale"],
  names: { metafields: new Map([["metafields.facts.birth_date", "date"]]), segments: ["Big spenders"] }, today: "2026-11-22",
};

const english: readonly (readonly [string, string])[] = [
  ["customers who bought twice but not in 90 days", "number_of_orders = 2 AND last_order_date < -90d"],
  ["everyone who has ordered at least three times", "number_of_orders >= 3"],
  ["more than 5 orders", "number_of_orders > 5"],
  ["bought exactly once", "number_of_orders = 1"],
  ["customers with 3 or more orders in the last 12 months", "orders_placed MATCHES (date >= -12m, count >= 3)"],
  ["between 2 and 5 orders", "number_of_orders BETWEEN 2 AND 5"],
  ["one-time buyers", "number_of_orders = 1"],
  ["repeat customers who have not bought for six months", "number_of_orders >= 2 AND last_order_date < -6m"],
  ["who never ordered", "number_of_orders = 0"],
  ["customers without orders", "number_of_orders = 0"],
  ["have not bought anything since March", "last_order_date < 2026-03-01"],
  ["bought in the last 24 hours", "last_order_date >= -24h"],
  ["ordered in 2025", "orders_placed MATCHES (date BETWEEN 2025-01-01 AND 2025-12-31)"],
  ["placed an order this year", "last_order_date >= 2026-01-01"],
  ["spent over $500", "amount_spent > 500"],
  ["spent at least two hundred and fifty dollars in the past year", "orders_placed MATCHES (date >= -1y, sum_amount >= 250)"],
  ["customers who spent between 100 and 200 euros", "amount_spent BETWEEN 100 AND 200"],
  ["spent less than £50 in total", "amount_spent < 50"],
  ["spent nothing", "amount_spent = 0"],
  ["spent more than $1k on shoes", "products_purchased MATCHES (product_type = 'Shoes', sum_amount > 1000)"],
  ["bought shoes", "products_purchased MATCHES (product_type = 'Shoes')"],
  ["bought shoes, hats or bags in the last 6 months", "products_purchased MATCHES (product_type IN ('Shoes', 'Hats', 'Bag'), date >= -6m)"],
  ["bought shoes and hats", "products_purchased MATCHES (product_type = 'Shoes') AND products_purchased MATCHES (product_type = 'Hats')"],
  ["never bought hats", "products_purchased NOT MATCHES (product_type = 'Hats')"],
  ["bought \"Red Shoes\" at least twice", "products_purchased MATCHES (product_type = 'Red Shoes', count >= 2)"],
  ["bought product 12345", "products_purchased MATCHES (id = 12345)"],
  ["bought from the brand Acme", "products_purchased MATCHES (vendor = 'Acme')"],
  ["bought shoes then hats within 60 days", "products_purchased_in_sequence MATCHES (first_product_type = 'Shoes', then_product_type = 'Hats', days_between <= 60)"],
  ["first order contained a bag", "first_order_contains MATCHES (product_type = 'Bag')"],
  ["whose last order had hats", "last_order_contains MATCHES (product_type = 'Hats')"],
  ["first order in the last 30 days", "first_order_date >= -30d"],
  ["last order more than 60 days ago", "last_order_date < -60d"],
  ["last order between 60 and 90 days ago", "last_order_date BETWEEN -90d AND -60d"],
  ["average order value above 80", "average_order_value > 80"],
  ["AOV of at least $120", "average_order_value >= 120"],
  ["in France", "customer_countries CONTAINS 'FR'"],
  ["from the United States or Canada", "customer_countries CONTAINS 'US' OR customer_countries CONTAINS 'CA'"],
  ["not in the UK or Ireland", "customer_countries NOT CONTAINS 'GB' AND customer_countries NOT CONTAINS 'IE'"],
  ["live in Germany and spent more than €300", "customer_countries CONTAINS 'DE' AND amount_spent > 300"],
  ["tagged wholesale", "customer_tags CONTAINS 'wholesale'"],
  ["not tagged vip", "customer_tags NOT CONTAINS 'vip'"],
  ["tagged vip or wholesale who ordered this month", "(customer_tags CONTAINS 'vip' OR customer_tags CONTAINS 'wholesale') AND last_order_date >= 2026-11-01"],
  ["subscribed to emails", "email_subscription_status = 'SUBSCRIBED'"],
  ["not subscribed to the newsletter", "email_subscription_status != 'SUBSCRIBED'"],
  ["email subscribers who never bought", "email_subscription_status = 'SUBSCRIBED' AND number_of_orders = 0"],
  ["subscribed to SMS", "sms_subscription_status = 'SUBSCRIBED'"],
  ["unsubscribed", "email_subscription_status = 'UNSUBSCRIBED'"],
  ["signed up in the last 7 days", "customer_added_date >= -7d"],
  ["joined since 2026-01-01 but never ordered", "customer_added_date >= 2026-01-01 AND number_of_orders = 0"],
  ["gmail.com addresses", "customer_email_domain = 'gmail.com'"],
  ["speaks French", "customer_language = 'fr'"],
  ["abandoned a checkout in the last 3 days", "abandoned_checkout_date >= -3d"],
  ["added to cart in the last 7 days but did not buy in the last 7 days", "storefront_event.product_added_to_cart MATCHES (date >= -7d) AND orders_placed NOT MATCHES (date >= -7d)"],
  ["viewed products in the past week", "storefront_event.product_viewed MATCHES (date >= -1w)"],
  ["opened an email in the last 30 days", "shopify_email.opened MATCHES (date >= -30d)"],
  ["clicked a link in an email", "shopify_email.clicked MATCHES (count >= 1)"],
  ["top 5% customers", "top_customers MATCHES (by = 'amount_spent', percent = 5)"],
  ["top 100 customers by number of orders", "top_customers MATCHES (by = 'number_of_orders', count = 100)"],
  ["best 10% by predicted value", "top_customers MATCHES (by = 'predicted_clv', percent = 10)"],
  ["VIP customers who haven't bought in 90 days", "top_customers MATCHES (by = 'amount_spent', percent = 5) AND last_order_date < -90d"],
  ["big spenders in Japan", "top_customers MATCHES (by = 'amount_spent', percent = 20) AND customer_countries CONTAINS 'JP'"],
  ["champions", "rfm_group = 'CHAMPIONS'"],
  ["at risk customers", "lifecycle_stage = 'AT_RISK'"],
  ["lapsed customers subscribed to email", "lifecycle_stage = 'LAPSED' AND email_subscription_status = 'SUBSCRIBED'"],
  ["loyal customers not in the last 30 days", "lifecycle_stage = 'LOYAL' AND last_order_date < -30d"],
  ["new customers", "lifecycle_stage = 'NEW'"],
  ["churn risk above 70%", "churn_probability > 0.7"],
  ["likely to churn", "churn_probability > 0.7"],
  ["predicted value over $200", "predicted_clv > 200"],
  ["lifetime value of more than 500", "total_clv > 500"],
  ["expected to order in the next 14 days", "expected_date_of_next_order BETWEEN today AND +14d"],
  ["birthday in the next 30 days", "anniversary ('metafields.facts.birth_date') BETWEEN today AND +30d"],
  ["anniversary in the next 2 weeks", "anniversary ('first_order_date') BETWEEN today AND +2w"],
  ["used a discount", "orders_placed MATCHES (discounted = true)"],
  ["never used a discount", "orders_placed NOT MATCHES (discounted = true)"],
  ["used code SUMMER20", "orders_placed MATCHES (discount_code = 'SUMMER20')"],
  ["only buy on sale", "discount_share >= 0.8"],
  ["price sensitive", "price_sensitivity = 'HIGH'"],
  ["refunded something in the last 90 days", "orders_placed MATCHES (refunded = true, date >= -90d)"],
  ["refund rate over 30%", "refund_share > 0.3"],
  ["bought at least 10 items", "units_bought >= 10"],
  ["random 10% of customers", "random_sample MATCHES (percent = 10)"],
  ["in segment Big spenders", "segments CONTAINS 'Big spenders'"],
  ["orders over $100", "orders_placed MATCHES (amount > 100)"],
  ["(bought shoes or bought hats) and spent over 100", "(products_purchased MATCHES (product_type = 'Shoes') OR products_purchased MATCHES (product_type = 'Hats')) AND amount_spent > 100"],
  ["not (bought shoes or bought hats)", "NOT (products_purchased MATCHES (product_type = 'Shoes') OR products_purchased MATCHES (product_type = 'Hats'))"],
  ["customers in France, spent over 100, bought twice", "customer_countries CONTAINS 'FR' AND amount_spent > 100 AND number_of_orders = 2"],
  ["customers in Spain or spent over a thousand dollars", "customer_countries CONTAINS 'ES' OR amount_spent > 1000"],
  ["subscribed customers who bought hats last year and have not opened an email in the last two months", "email_subscription_status = 'SUBSCRIBED' AND products_purchased MATCHES (product_type = 'Hats', date BETWEEN 2025-01-01 AND 2025-12-31) AND shopify_email.opened NOT MATCHES (date >= -2m)"],
  ["bought Acme products three times this year", "products_purchased MATCHES (vendor = 'Acme', date >= 2026-01-01, count = 3)"],
  ["all customers except those tagged wholesale", "customer_tags NOT CONTAINS 'wholesale'"],
  ["no orders in the last 2 years", "last_order_date < -2y"],
  ["added to cart in the last 7 days but did not buy", "storefront_event.product_added_to_cart MATCHES (date >= -7d) AND orders_placed NOT MATCHES (date >= -7d)"],
  ["customers whose average order value is between 50 and 100 and who are not subscribed", "average_order_value BETWEEN 50 AND 100 AND email_subscription_status != 'SUBSCRIBED'"],
  ["never opened an email", "shopify_email.opened NOT MATCHES (count >= 1)"],
  ["spent over $500 but not in France, or tagged vip", "amount_spent > 500 AND customer_countries NOT CONTAINS 'FR' OR customer_tags CONTAINS 'vip'"],
  ["repeat customers who have not bought for a year or spent under $20", "number_of_orders >= 2 AND last_order_date < -1y OR amount_spent < 20"],
];

const chinese: readonly (readonly [string, string])[] = [
  ["最近90天没有购买过的客户", "last_order_date < -90d"],
  ["买过两次但90天内没有购买", "number_of_orders = 2 AND last_order_date < -90d"],
  ["至少下单三次的客户", "number_of_orders >= 3"],
  ["只买过一次的客户", "number_of_orders = 1"],
  ["从未下单的客户", "number_of_orders = 0"],
  ["没有下过单", "number_of_orders = 0"],
  ["过去一年消费超过1000元", "orders_placed MATCHES (date >= -1y, sum_amount > 1000)"],
  ["累计消费在500到1000元之间", "amount_spent BETWEEN 500 AND 1000"],
  ["消费不少于两百元", "amount_spent >= 200"],
  ["最近半年下单超过五次", "orders_placed MATCHES (date >= -6m, count > 5)"],
  ["今年购买过的客户", "last_order_date >= 2026-01-01"],
  ["超过180天没有下单", "last_order_date < -180d"],
  ["60天前购买", "orders_placed MATCHES (date < -60d)"],
  ["买过鞋子", "products_purchased MATCHES (product_type = '鞋子')"],
  ["没有买过Hats", "products_purchased NOT MATCHES (product_type = 'Hats')"],
  ["最近30天买过Shoes", "products_purchased MATCHES (product_type = 'Shoes', date >= -30d)"],
  ["购买过“连衣裙”两次以上", "products_purchased MATCHES (product_type = '连衣裙', count >= 2)"],
  ["先买Shoes再买Hats", "products_purchased_in_sequence MATCHES (first_product_type = 'Shoes', then_product_type = 'Hats')"],
  ["先买了Shoes，60天内又买了Hats", "products_purchased_in_sequence MATCHES (first_product_type = 'Shoes', then_product_type = 'Hats', days_between <= 60)"],
  ["首单包含Bag", "first_order_contains MATCHES (product_type = 'Bag')"],
  ["首次下单在最近30天", "first_order_date >= -30d"],
  ["客单价超过80元", "average_order_value > 80"],
  ["来自法国", "customer_countries CONTAINS 'FR'"],
  ["来自中国或日本的客户", "customer_countries CONTAINS 'CN' OR customer_countries CONTAINS 'JP'"],
  ["不在美国", "customer_countries NOT CONTAINS 'US'"],
  ["标签为vip", "customer_tags CONTAINS 'vip'"],
  ["没有vip标签", "customer_tags NOT CONTAINS 'vip'"],
  ["订阅了邮件", "email_subscription_status = 'SUBSCRIBED'"],
  ["未订阅邮件", "email_subscription_status != 'SUBSCRIBED'"],
  ["订阅邮件但从未购买", "email_subscription_status = 'SUBSCRIBED' AND number_of_orders = 0"],
  ["最近7天注册", "customer_added_date >= -7d"],
  ["最近3天放弃结账", "abandoned_checkout_date >= -3d"],
  ["最近7天加购但没有购买", "storefront_event.product_added_to_cart MATCHES (date >= -7d) AND orders_placed NOT MATCHES (date >= -7d)"],
  ["浏览过商品", "storefront_event.product_viewed MATCHES (count >= 1)"],
  ["打开过邮件", "shopify_email.opened MATCHES (count >= 1)"],
  ["消费最高的前5%", "top_customers MATCHES (by = 'amount_spent', percent = 5)"],
  ["前100名客户", "top_customers MATCHES (by = 'amount_spent', count = 100)"],
  ["订单数最多的前10%", "top_customers MATCHES (by = 'number_of_orders', percent = 10)"],
  ["VIP客户且最近三个月没有下单", "top_customers MATCHES (by = 'amount_spent', percent = 5) AND last_order_date < -3m"],
  ["冠军客户", "rfm_group = 'CHAMPIONS'"],
  ["沉睡客户", "lifecycle_stage = 'LAPSED'"],
  ["忠诚客户", "lifecycle_stage = 'LOYAL'"],
  ["新客户", "lifecycle_stage = 'NEW'"],
  ["回头客", "number_of_orders >= 2"],
  ["流失概率大于70%", "churn_probability > 0.7"],
  ["可能流失的客户", "churn_probability > 0.7"],
  ["预测价值超过200元", "predicted_clv > 200"],
  ["未来14天会下单", "expected_date_of_next_order BETWEEN today AND +14d"],
  ["未来30天过生日", "anniversary ('metafields.facts.birth_date') BETWEEN today AND +30d"],
  ["用过折扣", "orders_placed MATCHES (discounted = true)"],
  ["从未用过折扣", "orders_placed NOT MATCHES (discounted = true)"],
  ["价格敏感的客户", "price_sensitivity = 'HIGH'"],
  ["退款率大于30%", "refund_share > 0.3"],
  ["退过款", "orders_placed MATCHES (refunded = true)"],
  ["随机10%", "random_sample MATCHES (percent = 10)"],
  ["属于分群Big spenders", "segments CONTAINS 'Big spenders'"],
  ["来自法国并且消费超过300欧元，或者买过Shoes", "customer_countries CONTAINS 'FR' AND amount_spent > 300 OR products_purchased MATCHES (product_type = 'Shoes')"],
  ["所有客户", ""],
  ["单笔订单超过200元", "orders_placed MATCHES (amount > 200)"],
];

describe("plain language", () => {
  it.each([...english, ...chinese])("%s", (phrase, query) => {
    const translated = translatePhrase(phrase, words);
    expect(translated).toMatchObject({ query, ignored: [] });
    const parsed = parseQuery(query);
    expect(parsed.ok && checkQuery(parsed.value, words.names)).toEqual([]);
  });

  it("tells what it took each part for, and the words it made nothing of", () => {
    expect(translatePhrase("customers who bought twice and like the blue moon but not in 90 days", words)).toEqual({
      query: "number_of_orders = 2 AND last_order_date < -90d",
      understood: [{ phrase: "bought twice", query: "number_of_orders = 2" }, { phrase: "not in 90 days", query: "last_order_date < -90d" }],
      ignored: ["like", "blue", "moon"],
    });
    expect(translatePhrase("nothing of the kind", words)).toMatchObject({ query: null, understood: [] });
    expect(translatePhrase("", words)).toEqual({ query: null, understood: [], ignored: [] });
  });

  it("knows nothing of a birthday in a shop that keeps none", () => {
    const without = { ...words, names: { metafields: new Map(), segments: [] } };
    expect(translatePhrase("birthday in the next 30 days", without).query).toBeNull();
  });

  it("writes queries that can be read whatever it is given", () => {
    const pieces = ["not", "or", "and", "(", ")", "bought", "twice", "'", "\"", "\\", ",", "in France", "没有", "或", "最近30天", "90 days", "never", "tagged 'O\\'Neil'", "between", "5", "…"];
    let state = 7;
    for (let round = 0; round < 600; round++) {
      const phrase = Array.from({ length: 1 + (round % 7) }, () => pieces[(state = (state * 48_271) % 2_147_483_647) % pieces.length]).join(" ");
      const { query } = translatePhrase(phrase, words);
      if (query !== null) expect([phrase, parseQuery(query).ok]).toEqual([phrase, true]);
    }
  });

  it("finds names in a catalogue with signs in it", () => {
    const odd = { ...words, productTypes: ["T-Shirt (men)", "C++ books", "50% off"] };
    expect(translatePhrase("bought t-shirt (men) in the last 30 days", odd).query).toBe("products_purchased MATCHES (product_type = 'T-Shirt (men)', date >= -30d)");
  });
});
