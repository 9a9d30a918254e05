import { incomingCustomer, toCustomerPatch } from "../payloads/customer.server.ts";
import { defineTopic } from "../topic.server.ts";

export const customersCreate = defineTopic("customers/create", incomingCustomer, toCustomerPatch);
