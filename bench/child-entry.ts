// node --import tsx bench/child-entry.ts <part> <json>: runs the part's `measure` and prints its answer with the process's peak memory.
import { z } from "zod";

const part = z.object({ measure: z.custom<(input: unknown) => unknown>((value) => typeof value === "function") });
const KB_PER_MB = 1024;

const [, , name, json] = process.argv;
const { measure } = part.parse(await import(`./parts/${name}.ts`));
const value = await measure(JSON.parse(json));
console.log(JSON.stringify({ value, peakRssMb: Math.round(process.resourceUsage().maxRSS / KB_PER_MB) }));
