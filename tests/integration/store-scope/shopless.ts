/** Exports of app/server/store that take no shop, each with the reason why it needs none. */
export const shopless: Readonly<Record<string, string>> = {
  findShopByDomain: "how a shop is found in the first place",
  installShop: "makes the shop",
  listInstalledShops: "the schedule goes through all shops",
  listShopsToPurge: "the schedule goes through all shops",
  recordForeignPrivacyRequest: "of a shop that is not known; the row has no shop",
  statement: "prepares any text; its callers name the shop",
  atomically: "a transaction around its callers' statements",
  upsertSql: "builds text; its callers put the shop in the key",
  staysDeleted: "builds text",
  bit: "a value",
  packRows: "builds text",
  hashList: "a hash",
  segmentCondition: "builds a condition; its callers name the shop",
  marks: "builds text",
};
