import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";

/** What names the rows of a family's tables: product ids, or a number made of the type's name, since its code changes with the catalogue. */
export function itemIdsOf(snapshot: Snapshot, family: ModelFamily): Float64Array {
  return family === "categories" ? Float64Array.from(snapshot.products.type.names, numberOfName) : snapshot.products.id;
}

/** 53 bits of two FNV-1a hashes (Fowler, Noll & Vo 1991). */
function numberOfName(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < name.length; at += 1) {
    low = Math.imul(low ^ name.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ (name.charCodeAt(at) + at), 0x01000193);
  }
  return (high >>> 11) * 4294967296 + (low >>> 0);
}
