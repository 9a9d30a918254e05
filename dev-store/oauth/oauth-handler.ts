import { z } from "zod";
import type { DevStoreContext, RequestHandler } from "#dev-store/context.ts";
import { readObject, sendJson } from "#dev-store/http.ts";
import { isIdTokenValid } from "./id-token.ts";
import type { IssuedTokens, TokenDesk } from "./token-desk.ts";
import { ACCESS_TTL_S, REFRESH_TTL_S } from "./token-desk.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

const requestSchema = z.object({
  client_id: z.string(), client_secret: z.string(), grant_type: z.string(),
  subject_token: z.string().optional(), subject_token_type: z.string().optional(), requested_token_type: z.string().optional(),
  refresh_token: z.string().optional(), expiring: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

type Answer = readonly [status: number, body: object];
const fail = (error: string, description: string): Answer => [400, { error, error_description: description }];

/** POST /admin/oauth/access_token: token exchange and refresh, as in reference/shopify-platform.md 4.2. */
export function createOauthHandler(store: DevStoreContext, tokens: TokenDesk): RequestHandler {
  const { config, shop, clock } = store;

  const exchange = (request: z.infer<typeof requestSchema>): Answer => {
    if (request.subject_token_type !== ID_TOKEN) return fail("invalid_request", "subject_token_type must be an id_token");
    const facts = { shopDomain: shop.domain, apiKey: config.apiKey, apiSecret: config.apiSecret, wallMs: clock.wallMs() };
    if (!isIdTokenValid(request.subject_token ?? "", facts)) return fail("invalid_subject_token", "The subject token is invalid or has expired.");
    const scopes = tokens.installedScopes();
    if (!scopes) return fail("invalid_subject_token", "The app is not installed on this shop.");
    if (request.requested_token_type === ONLINE) {
      const issued = tokens.issue("online", true);
      return [200, { access_token: issued.accessToken, scope: issued.scope, expires_in: 86_400, associated_user_scope: issued.scope, associated_user: OWNER }];
    }
    if (request.requested_token_type !== OFFLINE) return fail("invalid_request", "requested_token_type is unknown");
    const isExpiring = request.expiring === "1" || request.expiring === 1 || request.expiring === true || request.expiring === "true";
    return [200, offlineAnswer(tokens.issue("offline", isExpiring))];
  };

  return async (req, res, url) => {
    if (url.pathname !== "/admin/oauth/access_token") return false;
    const [status, body] = await (async (): Promise<Answer> => {
      if (req.method !== "POST") return [405, { error: "method_not_allowed" }];
      const request = requestSchema.safeParse(await readObject(req));
      if (!request.success) return fail("invalid_request", `missing or wrong: ${request.error.issues.map(({ path }) => path.join(".")).join(", ")}`);
      if (request.data.client_id !== config.apiKey || request.data.client_secret !== config.apiSecret) return fail("invalid_client", "client_id or client_secret is wrong");
      if (request.data.grant_type === TOKEN_EXCHANGE) return exchange(request.data);
      if (request.data.grant_type !== "refresh_token") return fail("unsupported_grant_type", "grant_type is unknown");
      const issued = tokens.refresh(request.data.refresh_token ?? "");
      return issued ? [200, offlineAnswer(issued)] : fail("invalid_grant", "The refresh token is invalid, expired or revoked.");
    })();
    sendJson(res, status, body, { "cache-control": "no-store" });
    return true;
  };
}

const OWNER = { id: 1, first_name: "Store", last_name: "Owner", email: "owner@example.com", email_verified: true, account_owner: true, locale: "en", collaborator: false };

function offlineAnswer({ accessToken, refreshToken, scope }: IssuedTokens): object {
  return refreshToken
    ? { access_token: accessToken, scope, expires_in: ACCESS_TTL_S, refresh_token: refreshToken, refresh_token_expires_in: REFRESH_TTL_S }
    : { access_token: accessToken, scope };
}
