import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";
import type { AppConfig, MetafieldDefinition, WebhookSubscription } from "#dev-store/context.ts";

const subscription = z.object({ topics: z.array(z.string()).optional(), compliance_topics: z.array(z.enum(["customers/data_request", "customers/redact", "shop/redact"])).optional(), uri: z.string(), name: z.string().max(50).optional() });
const definition = z.object({ name: z.string().optional(), type: z.string(), access: z.object({ admin: z.string().optional(), storefront: z.string().optional() }).optional() });

const tomlSchema = z.object({
  client_id: z.string(),
  name: z.string(),
  application_url: z.string(),
  access_scopes: z.object({ scopes: z.string().default("") }).default({ scopes: "" }),
  webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscription).default([]) }),
  app_proxy: z.object({ url: z.string(), prefix: z.enum(["a", "apps", "community", "tools"]), subpath: z.string().max(30) }).optional(),
}).loose();

const OWNERS: Readonly<Record<string, string>> = { product: "PRODUCT", variant: "PRODUCTVARIANT", customer: "CUSTOMER", collection: "COLLECTION", order: "ORDER", shop: "SHOP" };

/** shopify.app.toml the way `shopify app deploy` sends it; relative addresses are joined to where the app really runs. */
export function readAppToml(path: string, appUrl: string, appNamespace: string): AppConfig {
  const raw: unknown = parse(readFileSync(path, "utf8"));
  const read = tomlSchema.safeParse(raw);
  if (!read.success) throw new Error(`${path}: ${read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`);
  const toml = read.data;
  const absolute = (uri: string) => (uri.startsWith("/") ? `${appUrl}${uri}` : uri);
  const subscriptions = toml.webhooks.subscriptions.flatMap(({ topics = [], compliance_topics: compliance = [], uri, name = null }): WebhookSubscription[] =>
    [...topics, ...compliance].map((topic) => ({ topic, uri: absolute(uri), name })),
  );
  const proxy = toml.app_proxy;
  return {
    name: toml.name,
    scopes: toml.access_scopes.scopes.split(",").map((scope) => scope.trim()).filter(Boolean),
    webhookApiVersion: toml.webhooks.api_version,
    subscriptions,
    appProxy: proxy ? { url: `${appUrl}${proxy.url.startsWith("/") ? proxy.url : new URL(proxy.url).pathname}`, prefix: proxy.prefix, subpath: proxy.subpath } : null,
    metafieldDefinitions: readDefinitions(toml, path, appNamespace),
  };
}

/** `[product.metafields.app.key]`: the middle part "app" is `$app`. */
function readDefinitions(toml: Record<string, unknown>, path: string, appNamespace: string): MetafieldDefinition[] {
  const found: MetafieldDefinition[] = [];
  for (const [table, ownerType] of Object.entries(OWNERS)) {
    const owner = z.object({ metafields: z.record(z.string(), z.record(z.string(), definition)).optional() }).loose().optional().safeParse(toml[table]);
    if (!owner.success) throw new Error(`${path}: [${table}.metafields]: ${owner.error.issues[0]?.message ?? "unreadable"}`);
    for (const [namespace, keys] of Object.entries(owner.data?.metafields ?? {})) {
      for (const [key, entry] of Object.entries(keys)) {
        found.push({
          ownerType, namespace: namespace === "app" ? appNamespace : namespace, key, name: entry.name ?? key, type: entry.type,
          storefrontAccess: entry.access?.storefront === "public_read" ? "PUBLIC_READ" : "NONE",
        });
      }
    }
  }
  return found;
}
