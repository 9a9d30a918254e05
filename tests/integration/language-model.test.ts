import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { describeLanguage } from "#app/engine/segments/language/describe-language.ts";
import { noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { askLanguageModel } from "#app/server/usecases/segment-studio/ask-language-model.server.ts";

let server: Server | null = null;
const asked: { path: string | undefined; authorization: string | undefined; body: { model: string; messages: { role: string; content: string }[] } }[] = [];

/** A stand-in for an OpenAI-compatible endpoint that gives the answers in turn. */
async function answering(...answers: (string | number)[]): Promise<string> {
  asked.length = 0;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      asked.push({ path: request.url, authorization: request.headers.authorization, body: JSON.parse(body) });
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (typeof answer === "number") response.writeHead(answer).end("no");
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ choices: [{ message: { role: "assistant", content: answer } }] }));
    });
  });
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no address");
  return `http://127.0.0.1:${address.port}/v1`;
}

afterEach(() => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())));

const read = (query: string) => readSegmentQuery(query, noShopNames);
const phrase = "customers who bought twice but not in 90 days";

describe("language model", () => {
  it("is sent the sentence and the language's documentation and nothing else, and its answer is parsed", async () => {
    const url = await answering("```\nnumber_of_orders >= 2 AND last_order_date < -90d\n```");
    const answer = await askLanguageModel({ url, model: "small", key: "k" }, phrase, read);
    expect(answer).toMatchObject({ ok: true, value: { kind: "and" } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ path: "/v1/chat/completions", authorization: "Bearer k", body: { model: "small", temperature: 0 } });
    const [system, user] = asked[0].body.messages;
    expect(system.content.endsWith(describeLanguage())).toBe(true);
    expect(system.content.length - describeLanguage().length).toBeLessThan(300);
    expect(user).toEqual({ role: "user", content: phrase });
    expect(asked[0].body.messages).toHaveLength(2);
  });

  it("is told once what is wrong with its query, and given up when it is wrong again", async () => {
    const url = await answering("SELECT * FROM customers", "number_of_orders = 2");
    expect(await askLanguageModel({ url, model: "m", key: null }, phrase, read)).toMatchObject({ ok: true, value: { kind: "condition" } });
    expect(asked[1].body.messages.at(-1)?.content).toMatch(/at character \d+/);
    expect(asked[1].authorization).toBeUndefined();
    server?.close();
    const stubborn = await answering("number_of_ordres = 2");
    expect(await askLanguageModel({ url: stubborn, model: "m", key: null }, phrase, read)).toMatchObject({ ok: false, error: { kind: "invalid" } });
    expect(asked).toHaveLength(2);
  });

  it("fails in words when it refuses, has another form or is not there", async () => {
    const refusing = await answering(500);
    expect(await askLanguageModel({ url: refusing, model: "m", key: null }, phrase, read)).toEqual({ ok: false, error: { kind: "not-ready", what: "language model", message: "it answered 500" } });
    await new Promise<void>((closed) => server?.close(() => closed()));
    server = null;
    expect(await askLanguageModel({ url: refusing, model: "m", key: null }, phrase, read)).toMatchObject({ ok: false, error: { kind: "not-ready", message: "it cannot be reached" } });
  });
});
