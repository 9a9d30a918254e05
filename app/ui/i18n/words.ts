import type { words } from "./words-en.ts";

type Namespaces = (typeof words)["namespaces"];

/** Texts of one language. Its shape comes from English; plural forms differ between languages, so only the names of the files are fixed. */
export interface Words {
  readonly namespaces: { readonly [N in keyof Namespaces]: object };
  /** Texts inside Polaris' own components. */
  readonly polaris: object;
}
