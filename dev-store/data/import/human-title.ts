const SMALL = new Set(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "w"]);
/** Words that stay as they are: units, initials, Roman numerals. */
const KEEP = /^(UK|USA|LED|DVD|CD|TV|BBQ|3D|II|III|IV|XL|XXL|T|SW|A4|A5|A6|DIY|VIP|N0\d*)$/;

/** "WHITE HANGING HEART T-LIGHT HOLDER" becomes "White Hanging Heart T-Light Holder". Titles that are not shouted stay. */
export function toHumanTitle(text: string): string {
  const plain = text.replace(/\s+/g, " ").replace(/\s+([,.])/g, "$1").replace(/[\s,.;]+$/, "").trim();
  const letters = plain.replace(/[^A-Za-z]/g, "");
  if (letters === "" || letters.replace(/[^A-Z]/g, "").length < letters.length * 0.7) return plain;
  let isFirst = true;
  return plain.replace(/[\p{L}\p{N}'’]+/gu, (word) => {
    const lower = word.toLowerCase();
    const starts = isFirst;
    isFirst = false;
    if (KEEP.test(word)) return word;
    if (!starts && SMALL.has(lower)) return lower;
    // 12CM and 3PC are sizes, 6RIBBONS is not.
    if (/^\d+(cm|mm|m|ml|l|g|kg|pc|pcs|x\d+\w*)$/.test(lower)) return lower;
    return lower.replace(/\p{L}/u, (letter) => letter.toUpperCase());
  });
}

const AFTER_HEAD = /\s+(?:of|with|w|in|for|and|on|from|by)\s+|\s*[,/&(+]|\s+-\s+/i;

/** The last word before any "of", "with", "in" ...: "Set of 3 Cake Tins Pantry Design" has the head "Tins" when "Design" and "Pantry" are ignored. */
export function headNoun(title: string, ignored: ReadonlySet<string>): string | null {
  const start = title.replace(/^(set|pack|box|bag|roll|assorted|pair) of \d*\s*/i, "").replace(/^\d+\s+/, "");
  const words = start.split(AFTER_HEAD)[0].split(/\s+/).map((word) => word.replace(/[^\p{L}'-]/gu, ""));
  for (let i = words.length - 1; i >= 0; i--) {
    const word = singular(words[i]);
    if (word.length >= 3 && !ignored.has(word.toLowerCase()) && !ignored.has(words[i].toLowerCase())) return word[0].toUpperCase() + word.slice(1).toLowerCase();
  }
  return null;
}

function singular(word: string): string {
  if (/(ss|us|is)$/i.test(word) || word.length < 4) return word;
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(xes|ches|shes|sses)$/i.test(word)) return word.slice(0, -2);
  return /s$/i.test(word) ? word.slice(0, -1) : word;
}
