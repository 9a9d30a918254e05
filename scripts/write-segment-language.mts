// Writes docs/segment-language.md from the table of attributes: node --import tsx scripts/write-segment-language.mts
import { writeFileSync } from "node:fs";
import { describeLanguage } from "../app/engine/segments/language/describe-language.ts";

writeFileSync(new URL("../docs/segment-language.md", import.meta.url), `${describeLanguage()}\n`);
