import { quote } from "../language/format-query.ts";
import { rankableNumbers } from "../language/tessera-attributes.ts";
import type { Draft } from "./draft.ts";
import { plainNumber } from "./order-rules.ts";
import { elliptic, rule, says, type PhraseRule } from "./phrase-rule.ts";
import { anyOf, codeOf, countryNames, languageNames } from "./places.ts";
import { moneyPhrase, operatorWords, percentPhrase, readMoney, readNumber, readShare } from "./read-phrases.ts";
import type { ShopWords } from "./shop-words.ts";
import { chineseWindow, englishWindow, readAhead, readWindow } from "./windows.ts";

const window = `(?<window>${englishWindow})`;
const ahead = "(?:\\d+ ?(?:days?|weeks?|months?)|month|week|year)";
const aheadZh = "\\d+个?(?:天|日|周|星期|月)";
const share = `(?<share>${percentPhrase})`;
const money = `(?<money>${moneyPhrase})`;

/** Who people are, what is expected of them, where they stand and what they did besides buying. */
export function personRules(words: ShopWords): PhraseRule[] {
  const windowOf = (text: string | undefined) => (text === undefined ? null : readWindow(text, words.today));
  const event = (name: string, parameters: readonly string[] = []) => (groups: Readonly<Record<string, string | undefined>>): Draft => ({ kind: "event", name, parameters, window: windowOf(groups.window ?? groups.zh) });
  const date = (attribute: string) => (groups: Readonly<Record<string, string | undefined>>): Draft => ({ kind: "date", attribute, window: windowOf(groups.window ?? groups.zh) });
  const zh = `(?<zh>${chineseWindow})`;
  const countries = anyOf(countryNames.flatMap(([, names]) => names));
  const country = (text: string | undefined): Draft | null => {
    const code = codeOf(countryNames, text ?? "");
    return code === null ? null : { kind: "list", attribute: "customer_countries", value: code };
  };
  const segments = words.names.segments.length > 0 ? anyOf(words.names.segments) : "(?!)";
  const tags = words.customerTags.length > 0 ? anyOf(words.customerTags) : "(?!)";
  const birth = [...words.names.metafields].find(([name, type]) => type === "date" && /birth/i.test(name))?.[0];
  return [
    says("every(?:one|body)|all (?:my |our |the )?(?:customers|people|shoppers|clients)|所有(?:客户|顾客|人|用户)|全部(?:客户|顾客)", ""),
    ...rankRules(),
    rule(`(?:(?:live|living|based|located|are|come|coming|ship|shipping) )*(?:in|from|to) (?:the )?(?<country>${countries})(?![A-Za-z])|(?:来自|在|住在|位于|地址在)(?<zh>${countries})`, (groups) => country(groups.country ?? groups.zh)),
    elliptic(`(?:the )?(?<country>${countries})(?![A-Za-z])`, (groups, { previous }) => (previous?.kind === "list" && previous.attribute === "customer_countries" || /[\u4e00-\u9fff]/.test(groups.country ?? "") ? country(groups.country) : null)),
    rule(`(?:speaks?|speaking|whose language is|with language) (?<language>${anyOf(languageNames.flatMap(([, names]) => names))})|(?:说|使用|语言为|语言是)(?<zh>${anyOf(languageNames.flatMap(([, names]) => names))})`, (groups) => {
      const code = codeOf(languageNames, groups.language ?? groups.zh ?? "");
      return code === null ? null : { kind: "plain", query: `customer_language = ${quote(code)}`, denied: `customer_language != ${quote(code)}` };
    }),
    rule("(?:(?:with|using|have|has|whose) )?(?:an? )?(?:e-?mail(?: address)?(?: domain)?|addresses?)?(?: (?:at|is|from|ending in|on))* ?@?(?<domain>[a-z0-9-]+\\.(?:com|net|org|co\\.uk|de|fr|cn|edu|io))(?: addresses| address| e-?mails?)?|(?:邮箱|邮件)(?:域名)?(?:为|是)?@?(?<zh>[a-z0-9-]+\\.[a-z.]+)", (groups) => {
      const domain = quote((groups.domain ?? groups.zh ?? "").toLowerCase());
      return { kind: "plain", query: `customer_email_domain = ${domain}`, denied: `customer_email_domain != ${domain}` };
    }),
    rule(`(?:(?:are |is |have |has |been |being )*(?:tagged|labelled|labeled)(?: as| with)?|with (?:the )?tags?|(?:have|has) (?:the )?tags?|标签(?:为|是|包含|含有|有)?|(?:有|带有?|打了)标签) ?(?<tag>'[^']+'|"[^"]+"|“[^”]+”|[\\w\\u4e00-\\u9fff-]+?(?=的|$|[\\s,，;；。)）且或并但]))`, ({ tag = "" }) => ({ kind: "list", attribute: "customer_tags", value: tag.replace(/^['"“]|['"”]$/g, "") })),
    rule("(?:有|带有?)?(?<tag>[\\w-]+)标签", ({ tag = "" }) => ({ kind: "list", attribute: "customer_tags", value: tag })),
    elliptic(`(?<tag>${tags})(?![A-Za-z])`, ({ tag = "" }, { previous }) => (previous?.kind === "list" && previous.attribute === "customer_tags" ? { kind: "list", attribute: "customer_tags", value: tag } : null)),
    rule(`(?:(?:are |is )?(?:members? of|in|part of|belong to) )?(?:the |my )?(?:segment )['"]?(?<segment>${segments})['"]?|(?:属于|在)?(?:分群|细分|客群)['"“]?(?<zh>${segments})['"”]?`, ({ segment, zh: named = "" }) => ({ kind: "list", attribute: "segments", value: words.names.segments.find((name) => name.toLowerCase() === (segment ?? named).toLowerCase()) ?? "" })),
    says("(?:are |is |have |has )?(?:subscribed|opted[ -]in|signed up)(?: to| for)?(?: our| the| my)?(?: e-?mails?| newsletters?| e-?mail (?:marketing|newsletter|list))?(?! in| during| within| since)|(?:e-?mail |newsletter )subscribers|(?:accept|accepts|with) e-?mail marketing|(?:已?订阅)(?:了|过)?(?:邮件|电子邮件|营销邮件|新闻邮件)?(?:营销)?(?:的?客户)?|邮件订阅者", "email_subscription_status = 'SUBSCRIBED'", "email_subscription_status != 'SUBSCRIBED'"),
    says("(?:(?:are |is )?subscribed to |(?:accept|accepts|receive) )(?:sms|text messages|texts)(?: marketing)?|sms subscribers|(?:已?订阅)(?:了|过)?(?:短信)(?:营销)?", "sms_subscription_status = 'SUBSCRIBED'", "sms_subscription_status != 'SUBSCRIBED'"),
    says("(?:have |has )?unsubscribed(?: from (?:our |the )?(?:e-?mails?|newsletters?))?|(?:已)?退订(?:了|过)?(?:邮件)?", "email_subscription_status = 'UNSUBSCRIBED'", "email_subscription_status != 'UNSUBSCRIBED'"),
    says("(?:with|have|has) (?:an |a )?(?:active |customer |store |enabled )*accounts?|有账户|已?注册账户|有账号", "customer_account_status = 'ENABLED'", "customer_account_status != 'ENABLED'"),
    rule(`(?:(?:who |were |was )?(?:signed up|joined|registered|added|created|became (?:a )?customers?)|new(?:ly)? (?:added|registered)?)(?: as customers?)?(?: ${window})|(?:在)?${zh}(?:内)?(?:注册|加入|新增|添加)(?:的|了)?|(?:注册|加入)(?:日期|时间)?(?:于|在)(?<late>${chineseWindow})`, (groups) => date("customer_added_date")({ ...groups, zh: groups.zh ?? groups.late })),
    rule(`(?:(?:have |has |had )?(?:abandoned|left|leave|abandon)(?: an?| the| their)? (?:checkouts?)|abandoned checkouts?)(?:,? ${window})?|(?:${zh})?(?:放弃(?:了)?(?:结账|结算|付款)|弃单|未完成结账)(?:了|过)?`, date("abandoned_checkout_date")),
    rule(`(?:(?:have |has |had )?(?:added|put|adding)(?: something| a product| products| an item| items)? (?:to|in|into)(?: the| their| a)? (?:cart|basket|bag)|carted|abandoned (?:a |the |their )?(?:cart|basket)s?)(?: something)?(?:,? ${window})?|(?:${zh})?(?:加购|加入购物车|加过购物车|放入购物车|弃购)(?:了|过)?`, event("storefront_event.product_added_to_cart")),
    rule(`(?:(?:have |has |had )?(?:viewed|looked at|browsed|seen|visited)(?: an?| any| some)? (?:products?|items?|the (?:store|shop|site))?)(?:,? ${window})?|(?:${zh})?(?:浏览|看)过?(?:了)?(?:商品|产品)`, event("storefront_event.product_viewed")),
    rule(`(?:(?:have |has |had )?opened(?: an?| any| our| the)? (?:e-?mails?|newsletters?|campaigns?))(?:,? ${window})?|(?:${zh})?(?:打开|打开过|阅读过?)(?:了)?(?:邮件|营销邮件)`, event("shopify_email.opened")),
    rule(`(?:(?:have |has |had )?clicked(?: on)?(?: an?| any| our| the| in)* (?:links?|e-?mails?|newsletters?)(?: in (?:an |our )?e-?mails?)?)(?:,? ${window})?|(?:${zh})?(?:点击|点击过)(?:了)?(?:邮件|链接|邮件链接)`, event("shopify_email.clicked")),
    rule(`(?:random|a random sample of|sample of) ?(?<percent>\\d+(?:\\.\\d+)?) ?(?:%|percent)(?: of (?:all |the |my )?customers)?|随机(?:抽取|抽样|选取?)?(?:百分之)?(?<zh>\\d+(?:\\.\\d+)?)%?(?:的客户)?`, ({ percent, zh: named = "" }) => ({ kind: "plain", query: `random_sample MATCHES (percent = ${percent ?? named})` })),
    rule(`(?:(?:with|have|has|having) (?:a |their )?|whose )?birthdays?(?: (?:is|are|in|within|during|coming up|over))*(?: the)?(?: (?:next|this|coming))?(?: (?<ahead>${ahead}))?|(?:未来|接下来)?(?<zh>${aheadZh})?(?:之?内)?(?:过)?生日|(?:本月|这个月)生日`, ({ ahead: until, zh: named }) => (birth ? { kind: "plain", query: `anniversary (${quote(birth)}) BETWEEN today AND ${readAhead(until ?? named ?? "30 days")}` } : null)),
    rule(`(?:(?:with|have|has|having) (?:an |their )?|whose )?(?:first[- ]order |first[- ]purchase |customer )?anniversary(?: (?:is|in|within))*(?: the)?(?: (?:next|this))?(?: (?<ahead>${ahead}))?|(?:未来|接下来)?(?<zh>${aheadZh})?(?:之?内)?(?:有)?(?:首单|首次购买)?周年(?:纪念)?`, ({ ahead: until, zh: named }) => ({ kind: "plain", query: `anniversary ('first_order_date') BETWEEN today AND ${readAhead(until ?? named ?? "30 days")}` })),
    rule(`(?:(?:are |is )?(?:expected|likely|due|predicted) to (?:order|buy|purchase|reorder|rebuy)(?: again)?|due for (?:a )?(?:reorder|replenishment|refill))(?: (?:in|within|over|during))?(?: the)?(?: next)?(?: (?<ahead>${ahead}))?|(?:预计)?(?:未来|接下来)(?<zh>${aheadZh})(?:之?内)?(?:会|将|可能)*(?:再次)?(?:下单|购买|复购)|预计(?<soon>${aheadZh})(?:之?内)?(?:会|将|可能)*(?:再次)?(?:下单|购买|复购)|(?:该|需要|即将)(?:补货|复购)`, ({ ahead: until, zh: named, soon }) => ({ kind: "plain", query: `expected_date_of_next_order BETWEEN today AND ${readAhead(until ?? named ?? soon ?? "14 days")}` })),
    rule(`(?:(?:with|have|has|whose) )?(?:an? )?(?:churn (?:probability|risk|chance)|chance of leaving|risk of (?:churn|leaving))(?: (?:of|is))? ?${share}|(?:流失概率|流失风险|流失可能性?)(?:为|是)?(?<zh>${percentPhrase})`, (groups) => plainNumber("churn_probability", readShare(groups.share ?? groups.zh ?? ""))),
    says("(?:are |is )?(?:likely|expected|about|going) to (?:churn|leave|stop buying)|(?:with )?(?:a )?high churn (?:risk|probability)|(?:流失风险高|可能流失|即将流失|高流失风险|容易流失)", "churn_probability > 0.7", "churn_probability <= 0.7"),
    rule(`(?:(?:with|have|has|whose) )?(?:an? )?(?:predicted|expected|future) (?:clv|value|spend(?:ing)?|lifetime value|revenue)(?: (?:of|is))? ${money}|(?:预测价值|预计消费|预测消费|未来价值)(?:为|是)?(?<zh>${moneyPhrase})`, (groups) => plainNumber("predicted_clv", readMoney(groups.money ?? groups.zh ?? ""))),
    rule(`(?:(?:with|have|has|whose) )?(?:an? )?(?:total |customer )?(?:clv|ltv|lifetime value|customer value)(?: (?:of|is))? ${money}|(?:生命周期价值|终身价值)(?:为|是)?(?<zh>${moneyPhrase})`, (groups) => plainNumber("total_clv", readMoney(groups.money ?? groups.zh ?? ""))),
    says("(?:only |always |mostly )(?:buy|buys|bought|order|ordered|purchase)(?: (?:on|with|at|during|for))* (?:an? |the )?(?:sales?|discounts?|coupons?|offers?)|(?:discount|bargain|sale)[- ](?:hunters|dependent|buyers|lovers|seekers)(?: customers)?|只(?:在)?(?:打折|折扣|促销|优惠)(?:时|才)*(?:购买|买|下单)|(?:折扣|优惠)依赖(?:型)?", "discount_share >= 0.8", "discount_share < 0.8"),
    says("(?:are |is )?(?:price|discount)[- ]sensitive|(?:价格|折扣)敏感(?:型)?", "price_sensitivity = 'HIGH'", "price_sensitivity != 'HIGH'"),
    ...groupRules,
  ];
}

const groupRules: readonly PhraseRule[] = [
  ...[
    ["lifecycle_stage", "AT_RISK", "(?:are |is )?(?:(?:customers )?at risk(?! of))|有(?:流失)?风险(?:的客户)?|濒危客户"], ["lifecycle_stage", "LAPSED", "(?:are |is |have )?(?:lapsed|inactive|dormant|gone quiet|lost)(?: customers)?|沉睡客户|流失客户|已流失|不活跃(?:客户)?|休眠客户"],
    ["lifecycle_stage", "ACTIVE", "(?:are |is |still )?active(?: customers)?|活跃客户|活跃"], ["lifecycle_stage", "LOYAL", "(?:are |is )?loyal(?: customers)?|忠诚客户|忠实客户"],
    ["lifecycle_stage", "NEW", "new (?:customers|buyers)(?! in| within| since| this)|新客户|新顾客|新客"], ["lifecycle_stage", "WON_BACK", "won[- ]back(?: customers)?|挽回客户|已挽回"],
    ["rfm_group", "CHAMPIONS", "champions|冠军客户"], ["rfm_group", "PROMISING", "promising(?: customers)?|有潜力的?客户"], ["rfm_group", "NEEDS_ATTENTION", "(?:customers )?(?:needing|need|needs) attention|需要关注(?:的客户)?"],
    ["rfm_group", "ALMOST_LOST", "almost lost(?: customers)?|即将流失客户"], ["rfm_group", "PREVIOUSLY_LOYAL", "previously loyal(?: customers)?|曾经忠诚的?客户"],
  ].map(([attribute, value, pattern]) => says(pattern, `${attribute} = '${value}'`, `${attribute} != '${value}'`)),
];

const rankBy: readonly (readonly [string, string])[] = [
  ["amount_spent", "spen(?:d|ding|ders?|t)|customers|revenue|amount spent|shoppers|buyers|消费|花费|金额|客户|消费额"],
  ["number_of_orders", "(?:number of )?orders|purchases|frequency|订单数?|购买次数|下单次数"],
  ["average_order_value", "(?:average order value|aov|basket(?: size)?)|客单价|平均订单"], ["predicted_clv", "(?:predicted )?(?:clv|ltv|value|lifetime value)|预测价值|价值"],
  ["gross_margin", "(?:gross )?(?:margin|profit)|毛利|利润"],
];

function rankRules(): PhraseRule[] {
  const by = rankBy.map(([, words]) => words).join("|");
  const attributeOf = (text: string | undefined) => {
    const name = rankBy.find(([, words]) => new RegExp(`^(?:${words})$`, "iu").test(text ?? "customers"))?.[0];
    return rankableNumbers.find((number) => number === name) ?? "amount_spent";
  };
  const top = (groups: Readonly<Record<string, string | undefined>>): Draft => {
    const isPercent = groups.percent !== undefined;
    return { kind: "plain", query: `top_customers MATCHES (by = '${attributeOf(groups.by ?? groups.of)}', ${isPercent ? `percent = ${groups.percent}` : `count = ${groups.count ?? 100}`})` };
  };
  return [
    rule(`(?:(?:are |is )?(?:in|among) )?(?:the |my |our )?(?:top|best|highest|biggest) (?:(?<percent>\\d+(?:\\.\\d+)?) ?(?:%|percent)|(?<count>\\d+))(?: of)?(?: (?:all|our|my|the))?(?: (?<of>${by}))?(?: (?:customers|people))?(?: by (?<by>${by}))?`, top),
    rule(`(?<of>${by})?(?:最高|最多|最好|排名|最有)?(?:的)?(?:前)(?:(?<percent>\\d+(?:\\.\\d+)?)%|(?<count>\\d+)(?:名|位|个)?)(?:的?(?:客户|顾客|人))?`, top),
    says("(?:are |is )?(?:my |our |the )?(?:vips?|best|most valuable|highest[- ]value|top)(?: (?:customers|clients|shoppers|buyers))|vips?(?: customers)?|(?:最好|最有价值|高价值|最优质)的?客户|vip(?:客户)?|大客户", "top_customers MATCHES (by = 'amount_spent', percent = 5)"),
    rule(`(?:big|high|heavy) spenders|高消费客户`, () => ({ kind: "plain", query: "top_customers MATCHES (by = 'amount_spent', percent = 20)" })),
    rule(`(?<n>${operatorWords} ?\\d+ days?) since (?:the |their )?last (?:order|purchase)`, ({ n = "" }) => plainNumber("recency_days", readNumber(n))),
  ];
}
