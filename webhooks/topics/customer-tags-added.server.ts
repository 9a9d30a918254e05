import { incomingTags, toTagChange } from "../payloads/customer-tags.server.ts";
import { defineTopic } from "../topic.server.ts";

export const customerTagsAdded = defineTopic("customer.tags_added", incomingTags, toTagChange);
