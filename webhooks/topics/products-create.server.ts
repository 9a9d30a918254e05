import { incomingProduct, toProductPatch } from "../payloads/product.server.ts";
import { defineTopic } from "../topic.server.ts";

export const productsCreate = defineTopic("products/create", incomingProduct, toProductPatch);
