import { z } from "zod";

export const profilesInput = z.object({ customers: z.number(), orders: z.number(), seed: z.number() });
/** Sums of the scores over buyers: the two must agree on every fifth. */
export const rfmAnswer = z.object({ seconds: z.number(), buyers: z.number(), r: z.number(), f: z.number(), m: z.number() });
export const profilesAnswer = z.object({ seconds: z.number(), cpuSeconds: z.number(), incrementalMs: z.number(), healthSeconds: z.number(), rows: z.number() });
