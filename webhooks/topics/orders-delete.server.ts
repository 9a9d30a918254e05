import { incomingDeletion } from "../payloads/deletion.server.ts";
import { defineTopic } from "../topic.server.ts";

export const ordersDelete = defineTopic("orders/delete", incomingDeletion, ({ id }) => ({ id }));
