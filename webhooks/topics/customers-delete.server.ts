import { incomingDeletion } from "../payloads/deletion.server.ts";
import { defineTopic } from "../topic.server.ts";

export const customersDelete = defineTopic("customers/delete", incomingDeletion, ({ id }) => ({ id }));
