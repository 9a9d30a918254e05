// Evaluated before the library's node adapter, which reads APP_BRIDGE_URL once, when it is imported.
const devStoreUrl = process.env.SHOPIFY_DEV_STORE_URL;
if (devStoreUrl) process.env.APP_BRIDGE_URL ??= `${devStoreUrl.replace(/\/$/, "")}/app-bridge.js`;

/** Where the App Bridge script of this process comes from. */
export const appBridgeUrl = process.env.APP_BRIDGE_URL ?? "https://cdn.shopify.com/shopifycloud/app-bridge.js";
