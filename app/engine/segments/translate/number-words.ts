const small: Readonly<Record<string, number>> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15,
  sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
};
const word = Object.keys(small).join("|");
const english = new RegExp(`\\b(?:(?:a|${word})(?:[ -](?:${word}))?[ -](?:hundred|thousand|dozen)(?:[ -](?:and[ -])?(?:${word})(?:[ -](?:${word}))?(?:[ -]hundred)?)?|(?:${word})(?:-(?:${word}))?)\\b`, "g");

/** "two hundred and fifty" is 250, "thirty-five" 35, "a dozen" 12. "once" and "twice" are left: they say times, not numbers. */
export function writeEnglishNumbers(text: string): string {
  return text.replace(english, (match) => String(readEnglishNumber(match)));
}

function readEnglishNumber(text: string): number {
  let total = 0;
  let part = 0;
  for (const piece of text.split(/[ -]/)) {
    if (piece === "a") part = 1;
    else if (piece === "hundred") part *= 100;
    else if (piece === "dozen") part *= 12;
    else if (piece === "thousand") [total, part] = [total + part * 1000, 0];
    else if (piece !== "and") part += small[piece];
  }
  return total + part;
}

const digits: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
/** Only before a measure word: 一 and 十 occur in other words (一直, 十分). */
const chinese = /([零〇一二两三四五六七八九十百千万]+|半)(?=\s*(?:个?(?:半)?(?:次|天|日|周|星期|个?月|年|小时|季度|笔|单|元|块|欧|英镑|美元|美金|件|个|位|名|种|成|倍|%|订单)))|(?<=百分之)[零〇一二两三四五六七八九十百]+/g;

/** 三十天 is 30天, 两次 2次, 一千五百元 1500元, 半年 0.5年; 1.5万 is 15000. */
export function writeChineseNumbers(text: string): string {
  const scaled = text.replace(/(\d+(?:\.\d+)?)\s*([百千万])/g, (_, number: string, scale: string) => String(Number(number) * (scale === "万" ? 10_000 : scales[scale])));
  return scaled.replace(chinese, (match) => (match === "半" ? "0.5" : String(readChineseNumber(match))));
}

function readChineseNumber(text: string): number {
  let total = 0;
  let part = 0;
  let digit: number | null = null;
  for (const character of text) {
    if (character in digits) digit = (digit ?? 0) * (digit === null ? 1 : 10) + digits[character];
    else if (character === "万") [total, part, digit] = [total + (part + (digit ?? 0)) * 10_000, 0, null];
    else [part, digit] = [part + (digit ?? 1) * scales[character], null];
  }
  return total + part + (digit ?? 0);
}
