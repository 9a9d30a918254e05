import { incomingDeletion } from "../payloads/deletion.server.ts";
import { defineTopic } from "../topic.server.ts";

export const productsDelete = defineTopic("products/delete", incomingDeletion, ({ id }) => ({ id }));
