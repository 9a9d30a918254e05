import { parseArgs } from "node:util";
import { z } from "zod";

const base = {
  "data-dir": z.string().min(1),
  fresh: z.boolean().default(false),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as GBP").optional(),
  "shop-domain": z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "a *.myshopify.com domain").default("tessera-demo.myshopify.com"),
  now: z.string().transform((text, context) => {
    const ms = /^\d{12,}$/.test(text) ? Number(text) : Date.parse(text);
    if (Number.isFinite(ms)) return ms;
    context.addIssue({ code: "custom", message: `not a date: ${text}` });
    return z.NEVER;
  }).optional(),
};

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const generateOptions = z.strictObject({
  ...base,
  preset: z.enum(["fashion", "grocery"]),
  customers: wholeNumber(1, 1_000_000).default(500),
  products: wholeNumber(20, 50_000).optional(),
  days: wholeNumber(60, 3_650).default(730),
  seed: z.string().min(1).default("1"),
});

const importOptions = z.strictObject({
  ...base,
  import: z.string().min(1),
  mapping: z.string().min(1).optional(),
  "reject-bad-rows": z.boolean().default(false),
  "shift-to-now": z.boolean().default(false),
});

export type SeedOptions = ({ readonly kind: "generate" } & z.infer<typeof generateOptions>) | ({ readonly kind: "import" } & z.infer<typeof importOptions>);

export const USAGE = `usage: seed.ts --data-dir D (--preset fashion|grocery [--customers N] [--products N] [--days N] [--seed S]
               | --import FOLDER_OR_FILE [--mapping FILE] [--reject-bad-rows] [--shift-to-now])
               [--currency GBP] [--shop-domain x.myshopify.com] [--now ISO_DATE] [--fresh]`;

/** Throws an Error whose message names the option. */
export function parseSeedOptions(args: readonly string[]): SeedOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { "data-dir": text, fresh: flag, currency: text, "shop-domain": text, now: text, preset: text, customers: text, products: text, days: text, seed: text, import: text, mapping: text, "reject-bad-rows": flag, "shift-to-now": flag },
  });
  if ((values.preset === undefined) === (values.import === undefined)) throw new Error("give either --preset or --import");
  const parsed = values.import === undefined ? generateOptions.safeParse(values) : importOptions.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => (issue.code === "unrecognized_keys" ? `--${issue.keys.join(", --")} does not go with --${values.import === undefined ? "preset" : "import"}` : `--${issue.path.join(".")}: ${issue.message}`)).join("; "));
  return "import" in parsed.data ? { kind: "import", ...parsed.data } : { kind: "generate", ...parsed.data };
}
