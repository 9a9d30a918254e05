import { createHash, randomBytes } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { StoreClock } from "#dev-store/context.ts";

export const ACCESS_TTL_S = 3_600;
export const REFRESH_TTL_S = 7_776_000;

interface TokenRow { readonly token: string; readonly kind: string; readonly expires_at: number | null; readonly parent: string | null; readonly replaced_by: string | null; readonly revoked: number }

export interface IssuedTokens { readonly accessToken: string; readonly refreshToken: string | null; readonly scope: string }

export interface TokenDesk {
  /** The installation's scopes; null when the app is not installed. */
  installedScopes(): readonly string[] | null;
  install(scopes: readonly string[]): void;
  uninstall(): void;
  /** Scopes behind an access token; null when it is unknown, expired or revoked. */
  scopesOf(accessToken: string): ReadonlySet<string> | null;
  issue(kind: "offline" | "online", isExpiring: boolean): IssuedTokens;
  /** Swaps a refresh token for new ones; null when it may not. */
  refresh(refreshToken: string): IssuedTokens | null;
}

/** Tokens are kept as hashes: the store's file is passed around with bug reports. */
const hash = (token: string) => createHash("sha256").update(token).digest("hex");

export function createTokenDesk(db: Database, clock: StoreClock): TokenDesk {
  const find = db.prepare<[string], TokenRow>("SELECT * FROM tokens WHERE token = ?");
  const insert = db.prepare("INSERT INTO tokens (token, kind, expires_at, parent) VALUES (?, ?, ?, ?)");
  const scopeSets = new Map<string, ReadonlySet<string>>();

  const installedScopes = (): readonly string[] | null => {
    const row = db.prepare<[], { installed: number; scopes: string }>("SELECT installed, scopes FROM installation WHERE id = 1").get();
    return row?.installed === 1 ? row.scopes.split(",").filter(Boolean) : null;
  };
  const isUsable = (row: TokenRow | undefined, kinds: readonly string[]): row is TokenRow =>
    row !== undefined && kinds.includes(row.kind) && row.revoked === 0 && (row.expires_at === null || row.expires_at > clock.wallMs());

  const issue = (kind: "offline" | "online", isExpiring: boolean, parent: string | null): IssuedTokens => {
    const accessToken = `${kind === "offline" ? "shpat" : "shpua"}_${randomBytes(16).toString("hex")}`;
    const refreshToken = isExpiring && kind === "offline" ? `shprt_${randomBytes(16).toString("hex")}` : null;
    const nowMs = clock.wallMs();
    const accessEnds = isExpiring || kind === "online" ? nowMs + (kind === "online" ? 86_400 : ACCESS_TTL_S) * 1000 : null;
    insert.run(hash(accessToken), `${kind}-access`, accessEnds, refreshToken ? hash(refreshToken) : null);
    if (refreshToken) insert.run(hash(refreshToken), "offline-refresh", nowMs + REFRESH_TTL_S * 1000, parent);
    return { accessToken, refreshToken, scope: (installedScopes() ?? []).join(",") };
  };

  return {
    installedScopes,
    install(scopes) {
      db.prepare(
        "INSERT INTO installation (id, installed, scopes, installed_at) VALUES (1, 1, ?, ?) ON CONFLICT (id) DO UPDATE SET installed = 1, scopes = excluded.scopes, installed_at = excluded.installed_at",
      ).run(scopes.join(","), clock.nowMs());
    },
    uninstall() {
      db.transaction(() => {
        db.prepare("UPDATE installation SET installed = 0 WHERE id = 1").run();
        db.prepare("UPDATE tokens SET revoked = 1").run();
      })();
    },
    scopesOf(accessToken) {
      if (!accessToken) return null;
      const row = find.get(hash(accessToken));
      if (!isUsable(row, ["offline-access", "online-access"])) return null;
      const scopes = installedScopes();
      if (!scopes) return null;
      // The first use of a new token retires the refresh token it was swapped for.
      if (row.parent) retireAncestors(db, row.parent);
      const key = scopes.join(",");
      let set = scopeSets.get(key);
      if (!set) scopeSets.set(key, (set = new Set(scopes)));
      return set;
    },
    issue: (kind, isExpiring) => issue(kind, isExpiring, null),
    refresh(refreshToken) {
      const key = hash(refreshToken);
      const row = find.get(key);
      if (!isUsable(row, ["offline-refresh"]) || !installedScopes()) return null;
      return db.transaction(() => {
        retireAncestors(db, key);
        // Asked again with the same token before the answer was used (a lost answer): both answers' tokens stay good.
        const tokens = issue("offline", true, key);
        if (tokens.refreshToken) db.prepare("UPDATE tokens SET replaced_by = ? WHERE token = ?").run(hash(tokens.refreshToken), key);
        return tokens;
      })();
    },
  };
}

/** A refresh token stays valid until the one that replaced it (or its access token) is used; then it is revoked. */
function retireAncestors(db: Database, refreshHash: string): void {
  db.prepare("UPDATE tokens SET revoked = 1 WHERE token = (SELECT parent FROM tokens WHERE token = ? AND parent IS NOT NULL) AND revoked = 0").run(refreshHash);
}
