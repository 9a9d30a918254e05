import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { describeLanguage } from "#app/engine/segments/language/describe-language.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import type { LanguageModel } from "#app/server/platform/language-model-settings.server.ts";

const ANSWER_WITHIN_MS = 15_000;
const LONGEST_ANSWER = 20_000;
/** A first answer with problems is sent back once with what is wrong with it. */
const MOST_TRIES = 2;

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string().max(LONGEST_ANSWER) }) })).min(1) });

const instruction = "Write one query in the language documented below for the customers that the user describes. Answer with the query alone: no explanation, no code fence.\n\n";

interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * Sends the phrase and the documentation of the language, and nothing of the shop: no names, no figures, no customers. What
 * comes back counts only when the parser and the checker take it.
 */
export async function askLanguageModel(model: LanguageModel, phrase: string, read: (query: string) => Result<Expression, readonly QueryProblem[]>): Promise<Result<Expression, Failure>> {
  const messages: Message[] = [{ role: "system", content: instruction + describeLanguage() }, { role: "user", content: phrase }];
  let wrong: readonly QueryProblem[] = [];
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const answered = await complete(model, messages);
    if (!answered.ok) return answered;
    const query = answered.value.replace(/^```[a-z]*\s*|\s*```$/gi, "").trim();
    const checked = read(query);
    if (checked.ok) return checked;
    wrong = checked.error;
    messages.push({ role: "assistant", content: query }, { role: "user", content: `That does not work: ${wrong.map(({ message, span }) => `at character ${span.start + 1}: ${message}`).join("; ")}. Write it again.` });
  }
  return err({ kind: "invalid", problems: [{ field: "phrase", message: "the language model wrote a query that cannot be read" }] });
}

async function complete({ url, model, key }: LanguageModel, messages: readonly Message[]): Promise<Result<string, Failure>> {
  const failed = (message: string) => err({ kind: "not-ready", what: "language model", message } as const);
  try {
    const response = await fetch(`${url}/chat/completions`, {
      method: "POST", redirect: "error", signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, messages, temperature: 0 }),
    });
    if (!response.ok) return failed(`it answered ${response.status}`);
    const parsed = completion.safeParse(await response.json());
    return parsed.success ? ok(parsed.data.choices[0].message.content) : failed("its answer has another form");
  } catch (error) {
    return failed(error instanceof Error && error.name === "TimeoutError" ? "it did not answer in time" : "it cannot be reached");
  }
}
