import { autocompletion, closeBrackets, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, RangeSetBuilder } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, placeholder, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { completeQuery } from "#app/engine/segments/language/complete-query.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import { segmentLexer } from "#app/engine/segments/language/tokens.ts";

export interface CodeEditorOptions {
  readonly text: string;
  /** Id of the element that names the field, and of the one that tells its problems. */
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly placeholder: string;
  readonly names: () => ShopNames;
  /** Words of the interface for a completion's kind and meaning. */
  readonly describe: (text: string) => string;
  readonly onChange: (text: string) => void;
}

export interface CodeEditor {
  setText(text: string): void;
  setProblems(problems: readonly QueryProblem[]): void;
  focus(): void;
  destroy(): void;
}

const classes: Readonly<Record<string, string>> = {
  Identifier: "tessera-code-name", TextLiteral: "tessera-code-text", NumberLiteral: "tessera-code-number", Instant: "tessera-code-date", Day: "tessera-code-date", Ago: "tessera-code-date",
  Relative: "tessera-code-date", DayWord: "tessera-code-date", BooleanWord: "tessera-code-number", And: "tessera-code-join", Or: "tessera-code-join", Not: "tessera-code-join",
  Between: "tessera-code-word", In: "tessera-code-word", Contains: "tessera-code-word", Is: "tessera-code-word", Null: "tessera-code-word", MatchesWord: "tessera-code-word", Comparison: "tessera-code-word",
};
const marks = new Map(Object.entries(classes).map(([name, name_]) => [name, Decoration.mark({ class: name_ })]));

/** Colours come from the language's own lexer, so that there is no second grammar to keep in step. */
function colour(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const token of segmentLexer.tokenize(view.state.doc.toString()).tokens) {
    const mark = marks.get(token.tokenType.name);
    if (mark) builder.add(token.startOffset, token.startOffset + token.image.length, mark);
  }
  return builder.finish();
}

const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = colour(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = colour(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const MOST_OFFERED = 60;

function complete(context: CompletionContext, { names, describe }: CodeEditorOptions): CompletionResult | null {
  const { span, candidates } = completeQuery(context.state.doc.toString(), context.pos, names());
  // After a space the list comes by itself only where something must follow; else a finished query would be covered.
  if (candidates.length === 0 || (span.start === span.end && !context.explicit && candidates.every(({ kind }) => kind === "word"))) return null;
  const kinds = { attribute: "property", parameter: "property", operator: "keyword", value: "enum", word: "keyword" } as const;
  return { from: span.start, options: candidates.slice(0, MOST_OFFERED).map(({ text, kind }) => ({ label: text, type: kinds[kind], detail: describe(text) })), filter: false };
}

/** Puts CodeMirror into an element. Loaded only where it is looked at (docs/decisions/0009). */
export function mountEditor(parent: HTMLElement, options: CodeEditorOptions): CodeEditor {
  let isOwnChange = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        history(), drawSelection(), bracketMatching(), closeBrackets(), highlighting, EditorView.lineWrapping, placeholder(options.placeholder),
        autocompletion({ override: [(context) => complete(context, options)], icons: false }),
        // Tab leaves the field: a keyboard is not to be caught in it.
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ "aria-labelledby": options.labelledBy, "aria-describedby": options.describedBy, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !isOwnChange) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (view.state.doc.toString() === text) return;
      isOwnChange = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      isOwnChange = false;
    },
    setProblems(problems) {
      const { length } = view.state.doc;
      const diagnostics = problems.map(({ span, message }) => ({ from: Math.min(span.start, length), to: Math.min(Math.max(span.end, span.start + 1), length), severity: "error" as const, message }));
      view.dispatch(setDiagnostics(view.state, diagnostics.sort((a, b) => a.from - b.from)));
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
