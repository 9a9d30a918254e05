import { incomingCustomer, toCustomerPatch } from "../payloads/customer.server.ts";
import { defineTopic } from "../topic.server.ts";

export const customersUpdate = defineTopic("customers/update", incomingCustomer, toCustomerPatch);
