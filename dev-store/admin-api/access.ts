import { z } from "zod";

/** The schema package says beside the introspection which scopes a type or a field needs: any one of the list. */
export const scopeFacts = z.object({
  items: z.array(z.object({ type: z.string(), typeName: z.string(), fieldName: z.string().optional(), requiredAccess: z.string().nullish(), offlineScopes: z.array(z.string()).nullish() })),
});

interface Need { readonly scopes: readonly string[]; readonly words: string }

export interface AccessRules {
  /** Null when the scopes suffice, else Shopify's words for what is missing. */
  missingFor(scopes: ReadonlySet<string>, type: string, field: string, returns: string): string | null;
}

export function createAccessRules(facts: z.infer<typeof scopeFacts>): AccessRules {
  const needs = new Map<string, Need>();
  for (const item of facts.items) {
    const scopes = item.offlineScopes ?? [];
    if (scopes.length) needs.set(item.fieldName ? `${item.typeName}.${item.fieldName}` : item.typeName, { scopes, words: item.requiredAccess ?? "" });
  }
  const verdicts = new WeakMap<ReadonlySet<string>, Map<string, string | null>>();
  return {
    missingFor(scopes, type, field, returns) {
      let known = verdicts.get(scopes);
      if (!known) verdicts.set(scopes, (known = new Map()));
      const key = `${type}.${field}`;
      let verdict = known.get(key);
      if (verdict === undefined) {
        const lacking = [needs.get(key), needs.get(returns)].find((need) => need && !need.scopes.some((scope) => isGranted(scopes, scope)));
        verdict = lacking ? lacking.words : null;
        known.set(key, verdict);
      }
      return verdict;
    },
  };
}

/** write_x includes read_x. */
export function isGranted(scopes: ReadonlySet<string>, scope: string): boolean {
  return scopes.has(scope) || (scope.startsWith("read_") && scopes.has(scope.replace("read_", "write_")));
}
