import { randomUUID } from "node:crypto";
import type { Database } from "better-sqlite3";

export interface CustomerRecord {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly countryCode: string | null;
  readonly tags: string;
  readonly ordersCount: number;
  readonly amountSpent: number;
}

const COLUMNS = "id, first_name AS firstName, last_name AS lastName, email, country_code AS countryCode, tags, number_of_orders AS ordersCount, amount_spent AS amountSpent";

/** Log-in without a password: whoever names a customer is that customer. It is a store for development. */
export function createCustomers(db: Database, nowMs: () => number) {
  const byId = db.prepare<[number], CustomerRecord>(`SELECT ${COLUMNS} FROM customers WHERE id = ?`);
  const byEmail = db.prepare<[string], CustomerRecord>(`SELECT ${COLUMNS} FROM customers WHERE email = ?`);
  const byEmailAnyCase = db.prepare<[string], CustomerRecord>(`SELECT ${COLUMNS} FROM customers WHERE email = ? COLLATE NOCASE`);
  const samples = db.prepare<[], CustomerRecord>(`SELECT ${COLUMNS} FROM customers WHERE state = 'ENABLED' AND number_of_orders > 1 ORDER BY id LIMIT 3`);
  const session = db.prepare<[string], { customerId: number }>("SELECT customer_id AS customerId FROM storefront_sessions WHERE token = ?");
  const open = db.prepare("INSERT INTO storefront_sessions (token, customer_id, created_at) VALUES (?, ?, ?)");
  const close = db.prepare("DELETE FROM storefront_sessions WHERE token = ?");
  return {
    findById: (id: number): CustomerRecord | null => byId.get(id) ?? null,
    /** By e-mail, or by customer number: imported customers have no e-mail. */
    findByLogin(login: string): CustomerRecord | null {
      if (/^\d{1,15}$/.test(login)) return byId.get(Number(login)) ?? null;
      return login.includes("@") ? (byEmail.get(login.toLowerCase()) ?? byEmailAnyCase.get(login) ?? null) : null;
    },
    listSamples: (): CustomerRecord[] => samples.all(),
    findBySession(token: string | undefined): number | null {
      const id = token ? session.get(token)?.customerId : undefined;
      return id !== undefined && byId.get(id) ? id : null;
    },
    openSession(customerId: number): string {
      const token = randomUUID();
      open.run(token, customerId, nowMs());
      return token;
    },
    closeSession: (token: string): void => void close.run(token),
  };
}
export type Customers = ReturnType<typeof createCustomers>;
