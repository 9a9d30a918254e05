import type { Visit } from "./visit.ts";

export type Reply = (visit: Visit) => void;

export function setCookie(visit: Visit, name: string, value: string, maxAgeS = 14 * 86_400): void {
  visit.res.appendHeader("set-cookie", `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAgeS}; SameSite=Lax; HttpOnly`);
}

export function sendHtml(visit: Visit, html: string, status = 200): void {
  send(visit, status, "text/html; charset=utf-8", html);
}

export function sendJson(visit: Visit, value: unknown, status = 200): void {
  send(visit, status, "application/json; charset=utf-8", JSON.stringify(value));
}

/** Only within the storefront: an address of elsewhere becomes the home page. */
export function sendRedirect(visit: Visit, to: string, status = 303): void {
  visit.res.writeHead(status, { location: localPath(to), "cache-control": "no-store" }).end();
}

export function localPath(to: string): string {
  return /^\/(?![/\\])/.test(to) ? to : "/";
}

function send({ res, method }: Visit, status: number, type: string, body: string): void {
  res.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body), "cache-control": "no-store", "x-content-type-options": "nosniff" });
  res.end(method === "HEAD" ? undefined : body);
}
