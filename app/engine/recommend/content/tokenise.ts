/** Scripts that are written without spaces between words, and Hangul, whose words carry their particles: read two characters at a time. */
const SPACELESS = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー]";
const RUN = new RegExp(`${SPACELESS}+|(?:(?!${SPACELESS})[\\p{L}\\p{N}\\p{M}])+`, "gu");
const IS_SPACELESS = new RegExp(`^${SPACELESS}`, "u");
/** Combining marks of Latin, Greek and Cyrillic; those of other scripts are vowels. */
const ACCENTS = /[\u0300-\u036f]/g;
const HTML = /<[^>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+);/gi;

/**
 * Words of any language in the order of the text: lower case, accents folded, plural s dropped; Chinese, Japanese, Korean, Thai and their kin as
 * overlapping pairs of characters, which need no dictionary (Nie, Gao, Zhang & Zhou 2000: about as good as words for Chinese retrieval). HTML is stripped.
 */
export function tokenise(text: string): string[] {
  const tokens: string[] = [];
  for (const run of text.replace(HTML, " ").normalize("NFKC").toLowerCase().match(RUN) ?? []) {
    if (IS_SPACELESS.test(run)) addPairs(run, tokens);
    else tokens.push(foldWord(run));
  }
  return tokens;
}

function addPairs(run: string, tokens: string[]): void {
  const characters = [...run];
  if (characters.length === 1) tokens.push(run);
  for (let n = 0; n + 1 < characters.length; n += 1) tokens.push(characters[n] + characters[n + 1]);
}

/** English, French, Spanish and Portuguese plurals in s; short words and ss (dress, glass) keep theirs. */
function foldWord(word: string): string {
  const folded = word.normalize("NFD").replace(ACCENTS, "").normalize("NFC");
  return folded.length > 3 && folded.endsWith("s") && !folded.endsWith("ss") ? folded.slice(0, -1) : folded;
}
