import { noOrders, writeItems, writeNumber, type Draft, type WindowPhrase } from "./draft.ts";
import { itemsPattern, readItems } from "./item-phrase.ts";
import { elliptic, rule, says, type PhraseRule } from "./phrase-rule.ts";
import { countPhrase, markedMoneyPhrase, moneyPhrase, operatorWords, percentPhrase, readMoney, readNumber, readShare } from "./read-phrases.ts";
import type { ShopWords } from "./shop-words.ts";
import { chineseWindow, englishWindow, readWindow } from "./windows.ts";

const window = `(?<window>${englishWindow})`;
const windowFirst = `(?:(?<first>${chineseWindow})[,，]?(?:都|曾|曾经|有|内|共|总共|一共|累计)*)?`;
const count = `(?<count>${countPhrase})`;
const money = `(?<money>${moneyPhrase})`;
const buy = "(?:(?:have |has |had )?(?:bought|purchased|ordered|shopped|buy|buys|purchase|buying|purchasing|order(?=s? (?:\\d|once|twice|at|more|less)))|(?:have |has |had |having |with |who )?(?:placed|made|place|make|given)(?: an?| any)?(?: orders?| purchases?)?|placing)";

/** What people buy, how often, for how much and when. */
export function orderRules(words: ShopWords): PhraseRule[] {
  const items = `(?<items>${itemsPattern(words)})`;
  const windowOf = (text: string | undefined): WindowPhrase | null => (text === undefined ? null : readWindow(text, words.today));
  const orders = (groups: Readonly<Record<string, string | undefined>>): Draft => ({
    ...noOrders,
    items: groups.items === undefined ? [] : readItems(groups.items, words),
    count: groups.count === undefined ? null : readNumber(groups.count),
    sum: groups.money === undefined ? null : readMoney(groups.money),
    window: windowOf(groups.window ?? groups.first),
  });
  const buyZh = "(?:购买|下单|买|订购|复购|成交|购物|下了?订单|有订单|有下单|下过单|下了单)(?:过|了)?";
  const spendZh = "(?:累计|总共|一共|共|总)*(?:消费|花费|花|支付|付款)(?:了|过|总?金额|总额|额)*(?:为|是|达到?|在)?";
  return [
    rule(`(?:${buy}|with|having) ?(?:anything |something |any (?:products?|items?) |our )?(?:from (?:the )?(?:brand|vendor) |(?:product type|category|brand) )?(?:a |an |any |some |the )?${items}(?: products?| items?)?(?:,? ${count})?(?:,? ${window})?`, (groups) => (groups.items === undefined ? null : orders(groups))),
    rule(`${buy}(?: anything| something| from us| again| an? (?:order|purchase)| any orders?)?(?: ${count})?(?: from us)?(?:,? ${window})?`, orders),
    rule(`${buy}(?: anything| something| orders?)?(?: ${count})?(?: for| of| worth)? (?<money>${markedMoneyPhrase})(?: in total)?(?:,? ${window})?`, orders),
    rule(`(?:(?:have|has|had|with|having|got) )?${count}(?: in total| from us)?(?:,? ${window})?`, orders),
    rule(`(?:(?:have|has|had|having) )?(?:spent|spend|spends|spending|paid|total spend(?:ing)?(?: of)?)(?: a total of)? ${money}(?: in total)?(?: on ${items})?(?:,? ${window})?`, orders),
    rule(`(?:(?:have|has|had|with|having) )?(?:an? |any )?(?:orders?|purchases?)(?:,? ${window})?`, orders),
    rule(`(?:(?:with|have|has|placed|made) )?(?:an? |any )?(?:single |individual )?orders?(?: of| worth| for)? (?<money>${markedMoneyPhrase})(?:,? ${window})?|单笔(?:订单|消费|金额)*(?<zh>${moneyPhrase})`, (groups) => {
      const amount = readMoney(groups.money ?? groups.zh ?? "");
      return amount && { ...noOrders, extra: [`amount ${writeNumber(amount)}`], window: windowOf(groups.window) };
    }),
    says("(?:have |has )?spent nothing|(?:没有?|从未)消费过?", "amount_spent = 0"),
    rule(`(?:(?:with|have|has|whose) )?(?:an? )?(?:average (?:order|basket)(?: value| size)?|aov)(?: (?:of|is|was))? ${money}(?:,? ${window})?`, (groups) => ({ ...noOrders, average: readMoney(groups.money ?? ""), window: windowOf(groups.window) })),
    rule(`(?:(?:平均)?(?:客单价|订单金额|每单金额|每单)|平均每?单(?:消费)?)(?:为|是|在)?${money}`, (groups) => ({ ...noOrders, average: readMoney(groups.money ?? "") })),
    // "but not in 90 days"
    rule(`(?:(?:again|since|anything) )?(?<window>${englishWindow})`, (groups, context) => (context.isDenied ? orders(groups) : null)),
    // A thing alone follows another that was bought: "bought shoes or hats".
    elliptic(`(?:a |an |some )?${items}`, (groups, { previous }) => (previous?.kind === "orders" && previous.items.length > 0 ? { ...orders(groups), window: previous.window } : null)),
    rule(`${windowFirst}${buyZh}(?<count>${countPhrase})(?:的)?${items}`, orders),
    rule(`${windowFirst}${buyZh}(?:的)?(?:商品是|类别为)?${items}(?:的?(?:次数)?${count})?`, orders),
    rule(`${windowFirst}(?:${buyZh})(?:商品|东西|次数)?${count}?(?:订单)?`, orders),
    rule(`${windowFirst}(?<op>${operatorWords})${buyZh}(?<times>\\d+(?:次|笔|单))`, ({ op = "", times = "", first }) => orders({ count: op + times, first })),
    rule(`${windowFirst}(?:有|下过|下了)?(?:订单数?(?:量)?)?${count}(?:购买|下单|订单|消费)?`, (groups) => orders(groups)),
    rule(`${windowFirst}${spendZh}${money}`, orders),
    rule(`${windowFirst}消费(?:过|了)?${count}?`, orders),
    rule(`(?:single|one[- ]time|1[- ]time) (?:buyers?|purchasers?|customers?|shoppers?)|(?:bought|purchased|ordered) (?:only |just )?once only|只?(?:买|购买|下单)过?1次的?(?:客户|顾客)|一次性(?:客户|顾客|买家)`, () => ({ ...noOrders, count: { operator: "=", value: 1 } })),
    rule(`(?:repeat|returning) (?:buyers?|customers?|purchasers?|shoppers?)|回头客|复购客户|老客户|老顾客`, () => ({ ...noOrders, count: { operator: ">=", value: 2 } })),
    says("prospects?|潜在客户", "number_of_orders = 0", "number_of_orders >= 1"),
    rule("buyers|purchasers|有过订单|买家", () => ({ ...noOrders })),
    rule(`(?:first |最初)(?:bought|purchased|ordered)(?: ${window})?`, (groups) => ({ kind: "date", attribute: "first_order_date", window: windowOf(groups.window) })),
    rule(`(?:(?:whose|with|had|have) )?(?:a |an |the |their )?(?:first|1st) (?:order|purchase)(?: (?:was|is|being|date))?(?:(?: placed| made)? ${window})?`, (groups) => ({ kind: "date", attribute: "first_order_date", window: windowOf(groups.window) })),
    rule(`(?:(?:whose|with|had|have) )?(?:a |an |the |their )?(?:last|latest|most recent) (?:order|purchase)(?: (?:was|is|being|date))?(?:(?: placed| made)? ${window})?|last (?:bought|ordered|purchased) (?<late>${englishWindow})`, (groups) => ({ kind: "date", attribute: "last_order_date", window: windowOf(groups.window ?? groups.late) })),
    rule(`(?:首单|首次(?:下单|购买)|第一次(?:下单|购买)|第1次(?:下单|购买))(?:日期|时间)?(?:在|是)?(?<window>${chineseWindow})`, (groups) => ({ kind: "date", attribute: "first_order_date", window: windowOf(groups.window) })),
    rule(`(?<window>${chineseWindow})(?:首次|第1次|第一次)(?:下单|购买)(?:了|过)?`, (groups) => ({ kind: "date", attribute: "first_order_date", window: windowOf(groups.window) })),
    rule(`(?:最后一次|最近一次|上次|最后1次|最近1次)(?:下单|购买|订单)(?:日期|时间)?(?:在|是)?(?<window>${chineseWindow})`, (groups) => ({ kind: "date", attribute: "last_order_date", window: windowOf(groups.window) })),
    ...contentRules(words, items),
    rule(`(?:(?:have|has|had) )?(?:used|redeemed|using|use)(?: an?| any| the)? (?:discount |promo |coupon |voucher )?codes? (?<code>[A-Z0-9_-]{2,40}|'[^']+'|"[^"]+")(?:,? ${window})?|(?:用过|使用过|使用了?)?(?:优惠码|折扣码|优惠券)(?<zh>[A-Z0-9_-]{2,40})`, (groups) => {
      const code = (groups.code ?? groups.zh ?? "").replace(/^['"]|['"]$/g, "").toUpperCase();
      return { ...noOrders, extra: [`discount_code = '${code.replace(/['\\]/g, "\\$&")}'`], window: windowOf(groups.window) };
    }),
    rule(`(?:(?:have|has|had) )?(?:ever )?(?:used|redeemed|use|using|bought with|ordered with|a|any)(?: an?| any)? (?:discounts?|coupons?|promotions?|vouchers?)(?: codes?)?(?:,? ${window})?|(?:用过|使用过|使用|用)(?:折扣|优惠券?|优惠码|打折)`, (groups) => ({ ...noOrders, extra: ["discounted = true"], window: windowOf(groups.window) })),
    rule(`(?:refunded|returned)(?: (?:something|anything|an order|a product|products|items))?(?:,? ${window})?|(?:had|have|has|with) (?:a |any )?(?:refunds?|returns?)(?:,? (?<late>${englishWindow}))?|(?:退过款|退过货|有退款|有退货|退款过|退货过|退款|退货)`, (groups) => ({ ...noOrders, extra: ["refunded = true"], window: windowOf(groups.window ?? groups.late) })),
    rule(`(?:(?:with|have|has|whose) )?(?:a |an )?(?:refund|return) (?:rate|share)(?: (?:of|is))? ?(?<share>${percentPhrase})|(?:退款率|退货率|退款比例|退款占比)(?:为|是)?(?<zh>${percentPhrase})`, (groups) => plainNumber("refund_share", readShare(groups.share ?? groups.zh ?? ""))),
    rule(`(?:(?:with|have|has|whose) )?(?:a |an )?discount (?:rate|share)(?: (?:of|is))? ?(?<share>${percentPhrase})|(?:折扣订单占比|折扣占比|折扣比例|折扣率)(?:为|是)?(?<zh>${percentPhrase})`, (groups) => plainNumber("discount_share", readShare(groups.share ?? groups.zh ?? ""))),
    rule(`(?:bought|purchased|ordered|buys?|买了?|购买了?)?(?: a total of)? ?(?<units>(?:at least|more than|over|less than|fewer than|至少|超过|不少于|少于)? ?\\d+) ?(?:items|units|pieces|products|件商品|件)(?: in total)?(?:,? ${window})?`, (groups) => {
      const units = readNumber(groups.units ?? "");
      if (!units) return null;
      const at = windowOf(groups.window);
      return at ? { kind: "event", name: "products_purchased", parameters: [`sum_quantity ${units.operator} ${units.value}`], window: at } : plainNumber("units_bought", units);
    }),
  ];
}

function contentRules(words: ShopWords, items: string): PhraseRule[] {
  const second = items.replaceAll("?<items>", "?<then>");
  const contains = (name: string) => (groups: Readonly<Record<string, string | undefined>>): Draft => ({ kind: "event", name, parameters: writeItems(readItems(groups.items ?? "", words)), window: null });
  const sequence = (groups: Readonly<Record<string, string | undefined>>): Draft => ({
    kind: "event", name: "products_purchased_in_sequence", window: null,
    parameters: [
      ...writeItems(readItems(groups.items ?? "", words).slice(0, 1), "first_"), ...writeItems(readItems(groups.then ?? "", words).slice(0, 1), "then_"),
      ...(groups.days === undefined ? [] : [`days_between <= ${Number(groups.days) * (/week|周|星期/i.test(groups.unit ?? "") ? 7 : /month|月/i.test(groups.unit ?? "") ? 30 : 1)}`]),
    ],
  });
  return [
    rule(`(?:whose |with )?(?:their |the )?first (?:order|purchase)(?: (?:contained|contains|included|includes|was|had|with|of))* (?:a |an )?${items}|首单(?:包含|含有|购买了?|买了?|是|为)(?<zh>${items.replaceAll("?<items>", "?:")})`, (groups) => contains("first_order_contains")({ items: groups.items ?? groups.zh })),
    rule(`(?:whose |with )?(?:their |the )?(?:last|latest|most recent) (?:order|purchase)(?: (?:contained|contains|included|includes|was|had|with|of))* (?:a |an )?${items}|(?:最近一单|最后一单|末单|最后1单|最近1单)(?:包含|含有|购买了?|买了?|是|为)(?<zh>${items.replaceAll("?<items>", "?:")})`, (groups) => contains("last_order_contains")({ items: groups.items ?? groups.zh })),
    rule(`(?:bought|purchased|ordered) (?:a |an |some )?${items}(?:,)? (?:and )?then (?:bought |purchased |ordered )?(?:a |an |some )?${second}(?: within (?<days>\\d+) (?<unit>days?|weeks?|months?))?`, sequence),
    rule(`先(?:购买|买)了?过?${items}[,，]?(?:然后|后来|后|再|之后|又)*(?:(?<days>\\d+)个?(?<unit>天|周|月)(?:之?内))?(?:然后|后来|后|再|之后|又)*(?:购买|买)了?过?${second}`, sequence),
  ];
}

export function plainNumber(attribute: string, number: { operator: string; value: number; high?: number } | null): Draft | null {
  if (!number) return null;
  return { kind: "plain", query: number.operator === "between" ? `${attribute} BETWEEN ${number.value} AND ${number.high ?? number.value}` : `${attribute} ${number.operator} ${number.value}` };
}
