import type { CustomerId, ShopId } from "#app/core/ids.ts";
import { getDb } from "#app/server/platform/db.server.ts";
import type { Prisma } from "#app/server/platform/generated/prisma/client.ts";
import { STORY_START_MS } from "./shop.ts";

type Columns = Partial<Omit<Prisma.CustomerUncheckedCreateInput, "shopId" | "id">>;

export async function createCustomer(shopId: ShopId, id: number, columns: Columns = {}): Promise<CustomerId> {
  const at = new Date(STORY_START_MS);
  await getDb().customer.create({
    data: {
      shopId, id: BigInt(id), createdAt: at, updatedAt: at, state: "ENABLED", tags: `["vip"]`, locale: "en", countryCode: "US", provinceCode: "NY",
      city: "New York", emailConsent: "SUBSCRIBED", emailConsentAt: at, smsConsent: "NOT_SUBSCRIBED", emailDomain: "example.com", ...columns,
    },
  });
  return id as CustomerId;
}
