import { z } from "zod";
import { defineCompliance } from "../compliance.server.ts";
import { shopifyId } from "../payloads/fields.server.ts";

const incoming = z.object({ customer: z.object({ id: shopifyId }), orders_requested: z.array(shopifyId).default([]) });

export const customersDataRequest = defineCompliance("customers/data_request", "data_request", incoming, (request) => ({
  customerId: request.customer.id,
  orderIds: request.orders_requested,
}));
