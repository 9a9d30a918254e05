import type { CodedColumn } from "#app/engine/snapshot/snapshot.ts";
import { Int32Column } from "./growing-columns.server.ts";

/** A text column with few distinct values, coded in order of first appearance. */
export class WordColumn {
  private readonly codes = new Int32Column();
  private readonly codeOf = new Map<string, number>();

  push(word: string | null): void {
    if (word === null) {
      this.codes.push(-1);
      return;
    }
    let code = this.codeOf.get(word);
    if (code === undefined) {
      code = this.codeOf.size;
      this.codeOf.set(word, code);
    }
    this.codes.push(code);
  }

  finish(): CodedColumn {
    return { codes: this.codes.finish(), names: [...this.codeOf.keys()] };
  }
}
