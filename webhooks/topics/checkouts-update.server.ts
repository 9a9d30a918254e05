import { incomingCheckout, toCheckoutRecord } from "../payloads/checkout.server.ts";
import { defineTopic } from "../topic.server.ts";

export const checkoutsUpdate = defineTopic("checkouts/update", incomingCheckout, toCheckoutRecord);
