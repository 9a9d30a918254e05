import { incomingTags, toTagChange } from "../payloads/customer-tags.server.ts";
import { defineTopic } from "../topic.server.ts";

export const customerTagsRemoved = defineTopic("customer.tags_removed", incomingTags, toTagChange);
