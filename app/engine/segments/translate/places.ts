/** Countries that a sentence may name, by ISO 3166-1 code: English names and adjectives, then Chinese. */
export const countryNames: readonly (readonly [string, readonly string[]])[] = [
  ["US", ["united states", "usa", "u.s.", "america", "the us", "美国"]], ["CA", ["canada", "加拿大"]], ["GB", ["united kingdom", "uk", "great britain", "britain", "england", "英国"]],
  ["AU", ["australia", "澳大利亚", "澳洲"]], ["NZ", ["new zealand", "新西兰"]], ["IE", ["ireland", "爱尔兰"]], ["DE", ["germany", "德国"]], ["FR", ["france", "法国"]], ["IT", ["italy", "意大利"]],
  ["ES", ["spain", "西班牙"]], ["PT", ["portugal", "葡萄牙"]], ["NL", ["netherlands", "holland", "荷兰"]], ["BE", ["belgium", "比利时"]], ["CH", ["switzerland", "瑞士"]], ["AT", ["austria", "奥地利"]],
  ["SE", ["sweden", "瑞典"]], ["NO", ["norway", "挪威"]], ["DK", ["denmark", "丹麦"]], ["FI", ["finland", "芬兰"]], ["PL", ["poland", "波兰"]], ["GR", ["greece", "希腊"]], ["CZ", ["czechia", "czech republic", "捷克"]],
  ["CN", ["china", "mainland china", "中国", "中国大陆"]], ["HK", ["hong kong", "香港"]], ["TW", ["taiwan", "台湾"]], ["SG", ["singapore", "新加坡"]], ["MY", ["malaysia", "马来西亚"]], ["JP", ["japan", "日本"]],
  ["KR", ["south korea", "korea", "韩国"]], ["TH", ["thailand", "泰国"]], ["VN", ["vietnam", "越南"]], ["PH", ["philippines", "菲律宾"]], ["ID", ["indonesia", "印度尼西亚", "印尼"]], ["IN", ["india", "印度"]],
  ["AE", ["united arab emirates", "uae", "阿联酋"]], ["SA", ["saudi arabia", "沙特阿拉伯", "沙特"]], ["IL", ["israel", "以色列"]], ["TR", ["turkey", "土耳其"]], ["ZA", ["south africa", "南非"]],
  ["BR", ["brazil", "巴西"]], ["MX", ["mexico", "墨西哥"]], ["AR", ["argentina", "阿根廷"]], ["CL", ["chile", "智利"]], ["EG", ["egypt", "埃及"]], ["NG", ["nigeria", "尼日利亚"]], ["KE", ["kenya", "肯尼亚"]],
];

export const languageNames: readonly (readonly [string, readonly string[]])[] = [
  ["en", ["english", "英语", "英文"]], ["zh-CN", ["chinese", "中文"]], ["fr", ["french", "法语"]], ["de", ["german", "德语"]], ["es", ["spanish", "西班牙语"]], ["it", ["italian", "意大利语"]], ["ja", ["japanese", "日语"]], ["pt", ["portuguese", "葡萄牙语"]], ["nl", ["dutch", "荷兰语"]],
];

export function codeOf(names: readonly (readonly [string, readonly string[]])[], text: string): string | null {
  const sought = text.toLowerCase().replace(/^the /, "");
  return names.find(([, words]) => words.some((word) => word.replace(/^the /, "") === sought))?.[0] ?? null;
}

/** Longest first, so that "south korea" is not read as "korea". */
export function anyOf(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
}
