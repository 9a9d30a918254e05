import { z } from "zod";

/** The home page's part of Shop.settings; the parts of others are carried along untouched. */
const settingsSchema = z.looseObject({ guideDismissedAtMs: z.number().optional() });

export function isGuideDismissed(settings: string): boolean {
  return settingsSchema.parse(JSON.parse(settings)).guideDismissedAtMs !== undefined;
}

export function withGuideDismissed(settings: string, nowMs: number): string {
  return JSON.stringify({ ...settingsSchema.parse(JSON.parse(settings)), guideDismissedAtMs: nowMs });
}
