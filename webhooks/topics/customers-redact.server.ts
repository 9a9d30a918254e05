import { z } from "zod";
import { defineCompliance } from "../compliance.server.ts";
import { shopifyId } from "../payloads/fields.server.ts";

const incoming = z.object({ customer: z.object({ id: shopifyId }), orders_to_redact: z.array(shopifyId).default([]) });

export const customersRedact = defineCompliance("customers/redact", "customer_redact", incoming, (request) => ({
  customerId: request.customer.id,
  orderIds: request.orders_to_redact,
}));
