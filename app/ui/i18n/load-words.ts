import type { Locale } from "./locale.ts";
import type { Words } from "./words.ts";

/** One language at a time, so that a merchant's browser never downloads the other. */
export async function loadWords(locale: Locale): Promise<Words> {
  return locale === "zh-CN" ? (await import("./words-zh-cn.ts")).words : (await import("./words-en.ts")).words;
}
