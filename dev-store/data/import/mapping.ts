import { z } from "zod";

/** What a column of a transactions file can mean. */
export const FIELDS = ["orderId", "customerId", "time", "productId", "productTitle", "category", "quantity", "unitPrice", "lineTotal", "discount", "country"] as const;
export type Field = (typeof FIELDS)[number];

const names = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]));
const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, "i");
  } catch {
    context.addIssue({ code: "custom", message: `not a regular expression: ${text}` });
    return z.NEVER;
  }
});

const rule = z.strictObject({
  /** All the conditions given must hold; patterns ignore case. */
  when: z.strictObject({
    orderId: pattern.optional(),
    productId: pattern.optional(),
    productTitle: pattern.optional(),
    unitPrice: z.enum(["zero", "negative"]).optional(),
    quantity: z.enum(["zero", "negative"]).optional(),
    customerId: z.enum(["missing", "present"]).optional(),
  }),
  /**
   * shipping: charged for carriage; order-discount: taken off the whole order (on a cancellation: money given back
   * later); custom-line: a sale of no listed product; leave-out: no sale at all, counted under `reason`.
   */
  treat: z.enum(["shipping", "order-discount", "custom-line", "leave-out"]),
  reason: z.string().min(1),
});
export type Rule = z.infer<typeof rule>;

/** A mapping file: says what the columns of somebody's export mean. Described with an example in mappings/README.md. */
export const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  about: z.string(),
  /** Which files of a folder hold the transactions. */
  files: pattern.default(/\.csv(\.gz)?$/i),
  /** Column names; several are alternatives, compared without case and punctuation. `discount` may add up several with +. */
  columns: z.partialRecord(z.enum(FIELDS), names),
  /** For files without a header line: the names of the columns in order. */
  header: z.array(z.string()).optional(),
  /** Fields whose column may be absent. */
  optional: z.array(z.enum(FIELDS)).default([]),
  delimiter: z.union([z.string().length(1), z.literal("whitespace")]).default(","),
  /** "iso", or patterns of yyyy MM dd HH mm ss (single letters: with or without a leading zero); tried in order. */
  dateFormats: z.array(z.string()).min(1).default(["iso"]),
  /** Zone of times that carry none. */
  timeZone: z.string().default("UTC"),
  currency: z.string().regex(/^[A-Z]{3}$/).default("USD"),
  shopName: z.string().optional(),
  /** A part of the customer id that is noise of the export, such as the ".0" of a number that was a float. */
  customerIdStrip: pattern.optional(),
  /** Values of the customer column that mean a guest, besides an empty one. */
  guestIds: z.array(z.string()).default([]),
  productIdCase: z.enum(["as-is", "upper"]).default("as-is"),
  /** Orders whose id begins so take back what the same customer bought before. */
  cancellation: z
    .strictObject({
      orderIdPrefix: z.string().min(1),
      /** A whole order taken back within this time is a cancelled order; everything else is a refund. */
      wholeOrderWithinHours: z.number().positive().default(48),
    })
    .optional(),
  /** The first rule that matches decides; a row without one is the sale of a product. */
  rules: z.array(rule).default([]),
  /** Whether the discount column is per piece or for the line. */
  discountIs: z.enum(["line", "unit"]).default("line"),
  titles: z.enum(["as-is", "human-case"]).default("as-is"),
  productPrice: z.enum(["median", "latest"]).default("median"),
  productType: z
    .discriminatedUnion("from", [
      z.strictObject({ from: z.literal("none") }),
      z.strictObject({ from: z.literal("category") }),
      /** The last noun of the title, when enough products share it; otherwise empty. */
      z.strictObject({ from: z.literal("title-noun"), minProducts: z.number().int().positive(), ignoreWords: z.array(z.string()).default([]) }),
    ])
    .default({ from: "category" }),
  /** Titles and categories that stand in a second file of the folder. */
  productFile: z.strictObject({ file: z.string(), key: z.string(), title: z.array(z.string()).min(1), category: z.string().optional() }).optional(),
  /** Country names that no dictionary has; null for none. Two-letter codes and English names need no entry. */
  countries: z.record(z.string(), z.string().length(2).nullable()).default({}),
  /** Used when the file has no country column. */
  country: z.string().length(2).optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;
