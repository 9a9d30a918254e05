import type { NumberPhrase } from "./draft.ts";

const N = "\\d+(?:\\.\\d+)?";
const least = "at least|no less than|not less than|no fewer than|a minimum of|minimum|upwards of|至少|不少于|不低于|最少|起码";
const more = "more than|over|above|greater than|higher than|exceeding|超过|多于|大于|高于";
const most = "at most|no more than|not more than|up to|a maximum of|maximum|不超过|不多于|最多|至多|不高于";
const less = "less than|fewer than|under|below|lower than|少于|不到|低于|小于|不足";
const exact = "exactly|only|just|a total of|正好|恰好|刚好|只有|只|仅有|仅|等于|为|是";

/** What may stand before a number. */
export const operatorWords = `(?:${least}|${more}|${most}|${less}|${exact})`;
const currency = "(?:us)?[$£€¥￥]";
const moneyUnit = "(?:\\s?(?:dollars?|bucks|usd|pounds?|gbp|euros?|eur|yuan|rmb|cny|yen|jpy)\\b|元|块钱?|人民币|美元|美金|英镑|欧元|欧|日元)";

export const moneyPhrase = `(?:between )?(?:${operatorWords}\\s?(?:了)?)?(?:${currency})?\\s?${N}k?${moneyUnit}?(?:(?: and | to |-|到|至|~)(?:${currency})?${N}k?${moneyUnit}?(?:之间)?)?(?:\\s?(?:or more|or less|plus|\\+|以上|及以上|以下|以内))?`;
/** The same with a sign or a word of money in it. */
export const markedMoneyPhrase = `(?=[^,，;；]{0,30}?(?:${currency}|${moneyUnit}))${moneyPhrase}`;
export const percentPhrase = `(?:between )?(?:${operatorWords}\\s?)?(?:百分之\\d+|${N}\\s?(?:%|percent)|0?\\.\\d+)(?:以上|以下)?`;
export const countPhrase = [
  `(?:${operatorWords} )?(?:once|twice|thrice)`,
  `between ${N} and ${N} (?:times|orders|purchases)`,
  `(?:${operatorWords} )?${N}\\+? ?(?:or more |or fewer |or less )?(?:separate )?(?:times?|orders?|purchases?|occasions?)(?: or more| or fewer| or less)?`,
  "(?:several|multiple|many|repeatedly|a few)(?: times| orders| purchases)?",
  `${operatorWords}?(?:了|过)?${N}(?:到|至|-|~)${N}(?:次|笔|单|个订单)`,
  `${operatorWords}?(?:了|过)?${N}\\s?(?:次|笔|单|个)(?:订单)?(?:以上|及以上|或以上|以下|以内|或更多)?`, "多次|多笔|很多次",
].join("|");

/** A comparison in words: "more than 3 times", "$100 or more", "between 2 and 5 orders", 超过三次, 100元以上. */
export function readNumber(text: string): NumberPhrase | null {
  const said = text.toLowerCase().trim();
  const times = /\bonce\b/.test(said) ? 1 : /\btwice\b/.test(said) ? 2 : /\bthrice\b/.test(said) ? 3 : null;
  const numbers = [...said.matchAll(/(\d+(?:\.\d+)?)(k\b)?/g)].map(([, digits, thousand]) => Number(digits) * (thousand ? 1000 : 1));
  if (times === null && numbers.length === 0) return /several|multiple|many|repeatedly|few|多/.test(said) ? { operator: ">=", value: 2 } : null;
  const [value, high] = times === null ? numbers : [times];
  if (high !== undefined && /between|\bto\b|-|到|至|~/.test(said)) return { operator: "between", value: Math.min(value, high), high: Math.max(value, high) };
  return { operator: operatorOf(said), value };
}

function operatorOf(said: string): "=" | ">" | ">=" | "<" | "<=" {
  const starts = (words: string) => new RegExp(`(?:^|\\s)(?:${words})`).test(said);
  if (starts(most) || /or less|or fewer|以内$/.test(said)) return "<=";
  if (starts(least) || /or more|plus|\+|以上|或更多/.test(said)) return ">=";
  if (starts(less)) return "<";
  if (/以下$/.test(said)) return "<=";
  return starts(more) ? ">" : "=";
}

/** The same of a share: "more than 30%" is > 0.3. Without a word of comparison at least so much is meant. */
export function readShare(text: string): NumberPhrase | null {
  const read = readNumber(text.replace(/百分之(\d+)/, "$1%"));
  if (!read) return null;
  const scale = /%|percent|百分/i.test(text) ? 100 : 1;
  const share = (value: number) => Number((value / scale).toFixed(6));
  return { operator: read.operator === "=" ? ">=" : read.operator, value: share(read.value), ...(read.high === undefined ? {} : { high: share(read.high) }) };
}

/** An amount without a word of comparison is a lower bound: nobody asks for those who spent $100 to the cent. */
export function readMoney(text: string): NumberPhrase | null {
  const read = readNumber(text.replace(/[$£€¥￥]/g, ""));
  return read?.operator === "=" && !/exactly|正好|恰好|刚好|等于/i.test(text) && read.value > 0 ? { ...read, operator: ">=" } : read;
}
