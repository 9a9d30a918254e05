import { z } from "zod";

/** A begun checkout as it crosses the border: whose, when, and whether it became an order. Nothing of its contents or its contact. */
export const checkoutRecord = z.object({
  id: z.number().int().positive(),
  /** null while nobody is known; such a checkout is not kept. */
  customerId: z.number().int().positive().nullable(),
  createdAtMs: z.number().int(),
  updatedAtMs: z.number().int(),
  completedAtMs: z.number().int().nullable(),
});
export type CheckoutRecord = z.infer<typeof checkoutRecord>;
