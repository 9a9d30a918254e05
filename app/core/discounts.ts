/** A discount as a merchant asks for it; the same parse serves the wizard, the dry run and the creation. */
import { z } from "zod";

export const discountKinds = ["percentage", "amount", "free-shipping"] as const;
export type DiscountKind = (typeof discountKinds)[number];

export const discountClasses = ["order", "product", "shipping"] as const;
export type DiscountClass = (typeof discountClasses)[number];

export const discountStatuses = ["draft", "publishing", "active", "failed", "undone"] as const;
export type DiscountStatus = (typeof discountStatuses)[number];

export const discountValue = z.discriminatedUnion("kind", [
  /** 12.5 is 12.5 %; Shopify takes the share 0.125. */
  z.object({ kind: z.literal("percentage"), percent: z.number("a number is needed").min(1, "at least 1").max(100, "at most 100") }),
  z.object({ kind: z.literal("amount"), minor: z.number("an amount is needed").int().positive("must be more than 0"), currency: z.string().regex(/^[A-Z]{3}$/, "not a currency") }),
  z.object({ kind: z.literal("free-shipping") }),
]);
export type DiscountValue = z.infer<typeof discountValue>;

/** What Shopify takes is wider; this is what a shopper can type and a theme's link can carry. */
const CODE = /^[A-Z0-9][A-Z0-9_-]*$/;
const code = z.string().trim().toUpperCase().max(40, "at most 40 characters").regex(CODE, "only letters A-Z, digits, - and _, starting with a letter or digit");

const base = z.object({
  title: z.string().trim().min(1, "a title is needed").max(255, "at most 255 characters"),
  segmentId: z.string().min(1, "choose a segment"),
  value: discountValue,
  /** shared: one code for all; unique: one code for each member. */
  codeMode: z.enum(["shared", "unique"]),
  /** The code itself when shared (null = one is made up); what unique codes begin with (null = nothing). */
  code: code.nullable(),
  startsAtMs: z.number("a date is needed").int(),
  endsAtMs: z.number("a date is needed").int().nullable(),
  /** Uses of the shared code by all customers together; unique codes are for one use each and take none. */
  usageLimit: z.number("a number is needed").int("a whole number").positive("at least 1").max(2_000_000_000).nullable(),
  oncePerCustomer: z.boolean(),
  minimumMinor: z.number("an amount is needed").int().positive("must be more than 0").nullable(),
  combinesWith: z.array(z.enum(discountClasses)).refine((classes) => new Set(classes).size === classes.length, "named twice"),
});

export const discountInput = base.superRefine((input, context) => {
  const problem = (field: keyof typeof input, message: string) => context.addIssue({ code: "custom", path: [field], message });
  if (input.endsAtMs !== null && input.endsAtMs <= input.startsAtMs) problem("endsAtMs", "must be after the start");
  if (input.codeMode === "shared" && input.code !== null && input.code.length < 3) problem("code", "at least 3 characters");
  if (input.codeMode === "unique" && input.code !== null && input.code.length > 20) problem("code", "at most 20 characters before the part that is made up");
  if (input.codeMode === "unique" && input.usageLimit !== null) problem("usageLimit", "unique codes are for one use each");
  if (input.value.kind === "free-shipping" && input.combinesWith.includes("shipping")) problem("combinesWith", "free shipping cannot combine with free shipping");
});
export type DiscountInput = z.infer<typeof discountInput>;
