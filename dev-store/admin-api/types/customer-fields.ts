import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import type { CustomerRow, OrderRow } from "#dev-store/db/rows.ts";
import { gid, readGidOf } from "#dev-store/gid.ts";
import { loadRfm } from "#dev-store/segments/rfm.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, FieldTable } from "../field-types.ts";
import { addFields, textArg } from "../field-types.ts";
import { Group, one } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { countRows, listRows } from "../list-rows.ts";
import { pageOf } from "../paging.ts";
import { amountFilter, dateFilter, enumFilter, idFilter, indexedDateFilter, numberFilter, tagFilter, textFilter, wordFilter } from "../search-sql.ts";
import { moneyV2, readTexts } from "../values.ts";
import { countryCodeOf, countryName } from "#dev-store/countries.ts";
import { ORDERS } from "./order-lists.ts";

type Customer = Item<CustomerRow>;

export const CUSTOMERS: ListSpec = {
  type: "Customer",
  from: "customers c",
  alias: "c",
  name: "customers",
  search: {
    fields: {
      id: idFilter("c.id"),
      email: textFilter("c.email"),
      first_name: textFilter("c.first_name"),
      last_name: textFilter("c.last_name"),
      phone: textFilter("c.phone"),
      country: (term, setting) => textFilter("c.country_code")({ ...term, value: countryCodeOf(term.value) ?? term.value }, setting),
      updated_at: indexedDateFilter("c.updated_at"),
      customer_date: indexedDateFilter("c.created_at"),
      created_at: indexedDateFilter("c.created_at"),
      order_date: dateFilter("c.last_order_at"),
      last_order_date: dateFilter("c.last_order_at"),
      orders_count: numberFilter("c.number_of_orders"),
      total_spent: amountFilter("c.amount_spent"),
      tag: tagFilter("c.tags"),
      tag_not: (term, setting) => {
        const tag = tagFilter("c.tags")(term, setting);
        return { sql: `NOT ${tag.sql}`, params: tag.params };
      },
      state: enumFilter("c.state"),
      accepts_marketing: ({ value }) => ({ sql: `(c.email_marketing = 'SUBSCRIBED') = ?`, params: [value === "true" ? 1 : 0] }),
    },
    text: wordFilter("c.first_name", "c.last_name", "c.email", "c.phone"),
  },
  sorts: {
    ID: "c.id", CREATED_AT: "c.created_at", UPDATED_AT: "c.updated_at", RELEVANCE: "c.id",
    NAME: "COALESCE(c.last_name, '') || ', ' || COALESCE(c.first_name, '')", LOCATION: "COALESCE(c.country_code, '') || COALESCE(c.city, '')",
  },
  defaultSort: "ID",
};

export const displayName = (row: CustomerRow): string =>
  [row.first_name, row.last_name].filter(Boolean).join(" ") || row.email || row.phone || `Customer ${row.id}`;

export function addressOf(row: CustomerRow): object | null {
  if (row.country_code === null && row.city === null && row.address1 === null) return null;
  const country = row.country_code === null ? null : countryName(row.country_code);
  return {
    __typename: "MailingAddress",
    id: gid("MailingAddress", row.id), address1: row.address1, address2: null, city: row.city, company: null, country, countryCodeV2: row.country_code,
    firstName: row.first_name, lastName: row.last_name, name: displayName(row), phone: row.phone, province: row.province_code, provinceCode: row.province_code,
    zip: row.zip, latitude: null, longitude: null, coordinatesValidated: false,
    formattedArea: [row.city, row.province_code, country].filter(Boolean).join(", "),
  };
}

const optIn = (state: string) => (state === "SUBSCRIBED" ? "SINGLE_OPT_IN" : null);

export function emailAddressOf(row: CustomerRow): object | null {
  if (row.email === null) return null;
  return {
    emailAddress: row.email, marketingState: row.email_marketing, marketingOptInLevel: optIn(row.email_marketing),
    marketingUpdatedAt: row.email_marketing_at === null ? null : isoSecond(row.email_marketing_at), validFormat: true, openTrackingLevel: "UNKNOWN", sourceLocation: null,
  };
}

export function phoneNumberOf(row: CustomerRow): object | null {
  if (row.phone === null) return null;
  return {
    phoneNumber: row.phone, marketingState: row.sms_marketing, marketingOptInLevel: optIn(row.sms_marketing), marketingUpdatedAt: null,
    marketingCollectedFrom: row.sms_marketing === "SUBSCRIBED" ? "SHOPIFY" : null, sourceLocation: null,
  };
}

const statisticsOf = (customer: Customer, api: Api) =>
  customer.group.once("statistics", (rows) => loadRfm(api.store, rows.map(({ id }) => id))).get(customer.row.id) ?? { rfmGroup: null, predictedSpendTier: null };

export function addCustomerFields(table: FieldTable): void {
  addFields<Customer>(table, "Customer", {
    id: ({ row }) => gid("Customer", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    firstName: ({ row }) => row.first_name,
    lastName: ({ row }) => row.last_name,
    displayName: ({ row }) => displayName(row),
    email: ({ row }) => row.email,
    phone: ({ row }) => row.phone,
    note: () => null,
    createdAt: ({ row }) => isoSecond(row.created_at),
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    state: ({ row }) => row.state,
    tags: ({ row }) => readTexts(row.tags),
    locale: ({ row }) => row.locale,
    verifiedEmail: ({ row }) => row.email !== null,
    taxExempt: () => false,
    dataSaleOptOut: () => false,
    canDelete: ({ row }) => row.number_of_orders === 0,
    numberOfOrders: ({ row }) => String(row.number_of_orders),
    amountSpent: ({ row }, _, api) => moneyV2(row.amount_spent, api.store.shop.currency),
    lastOrder: (customer, _, api) => one(customer, "lastOrder", (row) => row.last_order_id, (ids) => new Group("Order", loadRows(api.db, "orders", ids))),
    defaultEmailAddress: ({ row }) => emailAddressOf(row),
    defaultPhoneNumber: ({ row }) => phoneNumberOf(row),
    defaultAddress: ({ row }) => addressOf(row),
    addresses: ({ row }) => [addressOf(row)].filter((address) => address !== null),
    addressesV2: ({ row }, args) => pageOf([addressOf(row)].filter((address) => address !== null), args, () => row.id),
    statistics: (customer, _, api) => statisticsOf(customer, api),
    orders: (customer, args, api) => listRows<OrderRow>(api, ORDERS, { sortKey: "ID", ...args }, { sql: "o.customer_id = ?", params: [customer.row.id] }),
  });

  addFields<unknown>(table, "QueryRoot", {
    customers: (_, args, api) => listRows<CustomerRow>(api, CUSTOMERS, args),
    customersCount: (_, args, api) => countRows(api, CUSTOMERS, args),
    customer: (_, args, api) => {
      const id = readGidOf("Customer", textArg(args, "id") ?? "");
      const row = id === null ? null : findRow(api.db, "customers", id);
      return row ? new Group<CustomerRow>("Customer", [row]).items[0] : null;
    },
  });
}
