import type { Storefront } from "../open-storefront.ts";
import type { Visit } from "./visit.ts";

/** `parts` are the groups of the pattern. */
export type RouteHandler = (front: Storefront, visit: Visit, parts: string[]) => void | Promise<void>;
export type Route = readonly [method: "GET" | "POST", pattern: RegExp, handle: RouteHandler];
