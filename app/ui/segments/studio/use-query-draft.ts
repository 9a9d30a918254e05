import { useMemo, useState } from "react";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import { newGroup, toBuilder, writeBuilder, type BuilderGroup } from "./builder-model.ts";

interface Draft {
  readonly text: string;
  /** Of the text, or of the last text that could be read. */
  readonly tree: BuilderGroup;
  readonly isReadable: boolean;
}

export interface QueryDraft extends Draft {
  readonly problems: readonly QueryProblem[];
  setText(text: string): void;
  setTree(tree: BuilderGroup): void;
}

function readDraft(text: string, before: BuilderGroup): Draft {
  const parsed = parseQuery(text);
  return parsed.ok ? { text, tree: toBuilder(parsed.value), isReadable: true } : { text, tree: before, isReadable: false };
}

/**
 * One query in two views: what is written in the text is read into the tree, and what is changed in the tree is written as
 * text. A text that cannot be read stays as it is, and the tree waits.
 */
export function useQueryDraft(initial: string, names: ShopNames): QueryDraft {
  const [draft, setDraft] = useState(() => readDraft(initial, newGroup("all", [])));
  const problems = useMemo(() => {
    const parsed = parseQuery(draft.text);
    return parsed.ok ? checkQuery(parsed.value, names) : [parsed.error];
  }, [draft.text, names]);
  return {
    ...draft,
    problems,
    setText: (text) => setDraft((before) => (before.text === text ? before : readDraft(text, before.tree))),
    setTree: (tree) => setDraft({ text: writeBuilder(tree), tree, isReadable: true }),
  };
}
