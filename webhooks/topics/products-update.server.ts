import { incomingProduct, toProductPatch } from "../payloads/product.server.ts";
import { defineTopic } from "../topic.server.ts";

export const productsUpdate = defineTopic("products/update", incomingProduct, toProductPatch);
