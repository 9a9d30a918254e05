import type { Session } from "@shopify/shopify-api";
import { Session as ShopifySession } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { getDb } from "./db.server.ts";
import { decryptText, encryptText } from "./encrypt.server.ts";
import { openSqlite } from "./sqlite.server.ts";

/** Sessions in our database, with access and refresh tokens encrypted at rest. */
export class EncryptedSessionStorage extends PrismaSessionStorage<ReturnType<typeof getDb>> {
  constructor() {
    super(getDb());
  }

  override storeSession(session: Session): Promise<boolean> {
    const copy = new ShopifySession(session.toObject());
    if (copy.accessToken) copy.accessToken = encryptText(copy.accessToken);
    if (copy.refreshToken) copy.refreshToken = encryptText(copy.refreshToken);
    return super.storeSession(copy);
  }

  override async loadSession(id: string): Promise<Session | undefined> {
    const session = await super.loadSession(id);
    return session && readable(session);
  }

  override async findSessionsByShop(shop: string): Promise<Session[]> {
    return (await super.findSessionsByShop(shop)).map(readable);
  }
}

function readable(session: Session): Session {
  if (session.accessToken) session.accessToken = decryptText(session.accessToken);
  if (session.refreshToken) session.refreshToken = decryptText(session.refreshToken);
  // A refresh answer without expires_in leaves no expiry, and the library would then never refresh again
  // (shopify-app-js issue 3400): such a token counts as expired.
  if (!session.isOnline && !session.expires && session.refreshToken) session.expires = new Date(0);
  return session;
}

/**
 * Lets one process at a time refresh a session's token: `state`, which offline sessions leave empty, holds the end of
 * the lease. Storing the refreshed session clears it; a process that died is outlived by its lease.
 */
export function claimTokenRefresh(sessionId: string, nowMs: number, leaseMs: number): boolean {
  const claim = openSqlite().prepare(`UPDATE Session SET state = ? WHERE id = ? AND (state NOT LIKE 'refreshing:%' OR CAST(substr(state, 12) AS INTEGER) <= ?)`);
  return claim.run(`refreshing:${nowMs + leaseMs}`, sessionId, nowMs).changes === 1;
}

export function releaseTokenRefresh(sessionId: string): void {
  openSqlite().prepare(`UPDATE Session SET state = '' WHERE id = ? AND state LIKE 'refreshing:%'`).run(sessionId);
}
