import { Button, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import type { CodeEditor } from "./code-editor.ts";
import { useLanguageWords } from "./use-language-words.ts";

interface Props {
  readonly text: string;
  readonly names: ShopNames;
  readonly problems: readonly QueryProblem[];
  readonly onChange: (text: string) => void;
}

const MOST_PROBLEMS = 5;

/** The query as text: a plain field that saves without scripts, and the editor in its place once it has loaded. */
export function QueryText({ text, names, problems, onChange }: Props) {
  const { t } = useTranslation("segmentStudio");
  const words = useLanguageWords();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const [isMounted, setMounted] = useState(false);
  const latest = useRef({ text, names, onChange, words });
  latest.current = { text, names, onChange, words };

  useEffect(() => {
    let isGone = false;
    import("./code-editor.ts").then(({ mountEditor }) => {
      if (isGone || !place.current) return;
      editor.current = mountEditor(place.current, {
        text: latest.current.text, labelledBy: `${id}-label`, describedBy: `${id}-problems`, placeholder: t("text.placeholder"),
        names: () => latest.current.names, describe: (name) => latest.current.words.meaning(name), onChange: (changed) => latest.current.onChange(changed),
      });
      setMounted(true);
    }, () => {
      // Without the editor the plain field stays, which does all but colours and completion.
    });
    return () => {
      isGone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [id, t]);
  useEffect(() => editor.current?.setText(text), [text, isMounted]);
  useEffect(() => editor.current?.setProblems(problems), [problems, isMounted]);

  const repair = ({ span, suggestion }: QueryProblem) => onChange(text.slice(0, span.start) + (suggestion ?? "") + text.slice(span.end));
  return (
    <div>
      <label className="tessera-hidden" id={`${id}-label`} htmlFor={`${id}-field`}>{t("text.label")}</label>
      {isMounted ? <input type="hidden" name="query" value={text} /> : (
        <textarea
          id={`${id}-field`} name="query" className="tessera-code" value={text} rows={4} spellCheck={false} aria-describedby={`${id}-problems`} placeholder={t("text.placeholder")}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <div ref={place} className={isMounted ? "tessera-code" : undefined} />
      <div id={`${id}-problems`} role="status" className="tessera-code-problems">
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <InlineStack key={`${problem.span.start} ${problem.message}`} gap="200" blockAlign="center">
            <Text as="span" tone="critical">{t("text.problem", { position: problem.span.start + 1, message: problem.message })}</Text>
            {problem.suggestion === null ? null : <Button variant="plain" onClick={() => repair(problem)}>{t("text.repair", { suggestion: problem.suggestion })}</Button>}
          </InlineStack>
        ))}
      </div>
    </div>
  );
}
