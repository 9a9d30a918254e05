import { z } from "zod";
import { instant, shopifyId } from "../payloads/fields.server.ts";
import { defineTopic } from "../topic.server.ts";

const incoming = z.object({ inventory_item_id: shopifyId, location_id: shopifyId, available: z.number().int().nullable(), updated_at: instant });

export const inventoryLevelsUpdate = defineTopic("inventory_levels/update", incoming, (level) => ({
  inventoryItemId: level.inventory_item_id,
  locationId: level.location_id,
  available: level.available,
  updatedAtMs: level.updated_at,
}));
