import { incomingOrder, toOrderRecord } from "../payloads/order.server.ts";
import { defineTopic } from "../topic.server.ts";

export const ordersCreate = defineTopic("orders/create", incomingOrder, toOrderRecord);
