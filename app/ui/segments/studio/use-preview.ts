import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { Failure } from "#app/core/failure.ts";
import type { PreviewAnswer, PreviewView } from "#app/core/segment-studio-views.ts";

/** Short enough to feel immediate, long enough that a word is typed at once. */
const PAUSE_MS = 120;

export interface LivePreview {
  readonly preview: PreviewView | null;
  readonly failure: Failure | null;
  /** What is shown is of an earlier text. */
  readonly isBehind: boolean;
}

/** Asks who a query holds for whenever it has changed and can be read. */
export function usePreview(query: string, isReadable: boolean): LivePreview {
  const { submit, data, state } = useFetcher<PreviewAnswer & { failure?: Failure }>();
  const last = useRef<PreviewView | null>(null);
  if (data?.preview) last.current = data.preview;
  useEffect(() => {
    if (!isReadable) return;
    const timer = setTimeout(() => submit(JSON.stringify({ query }), { method: "post", action: "/app/segments/preview", encType: "application/json" }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, isReadable, submit]);
  const isCurrent = state === "idle" && data?.query === query && data.preview !== undefined;
  return { preview: last.current, failure: data?.failure ?? null, isBehind: !isCurrent || !isReadable };
}
