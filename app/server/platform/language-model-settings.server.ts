import { getEnv } from "./env.server.ts";

/** An OpenAI-compatible endpoint that may turn sentences into queries. */
export interface LanguageModel {
  /** Up to and without /chat/completions. */
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
}

/** Null unless the operator has set one up: off by default. */
export function findLanguageModel(): LanguageModel | null {
  const { TESSERA_LLM_URL: url, TESSERA_LLM_MODEL: model, TESSERA_LLM_KEY: key } = getEnv();
  return url && model ? { url, model, key: key ?? null } : null;
}
