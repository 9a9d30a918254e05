import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A source file of ours by its path from the project's root, from which every process is started: the built web process has no other way to it. */
export function sourceUrl(path: string): URL {
  return pathToFileURL(resolve(path));
}
