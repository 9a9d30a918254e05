import { parseShopDomain } from "#app/core/ids.ts";
import { findShopByDomain, type Shop } from "#app/server/store/shops.server.ts";
import { CliError } from "./command.ts";

/** The installed shop that --shop names. */
export async function requireInstalledShop(domainText: string | undefined): Promise<Shop> {
  const domain = parseShopDomain(domainText ?? "");
  if (!domain) throw new CliError("--shop takes a name like my-store.myshopify.com");
  const shop = await findShopByDomain(domain);
  if (!shop || shop.uninstalledAtMs !== null) throw new CliError(`Tessera is not installed in ${domain}`);
  return shop;
}
