import { incomingCheckout, toCheckoutRecord } from "../payloads/checkout.server.ts";
import { defineTopic } from "../topic.server.ts";

export const checkoutsCreate = defineTopic("checkouts/create", incomingCheckout, toCheckoutRecord);
