import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { withoutNulls } from "./without-nulls.server.ts";

it("joins a page again that was filled up with NULs where a Chinese character did not fit", async () => {
  const stream = withoutNulls();
  const whole = "使用模板 ".repeat(500);
  const bytes = new TextEncoder().encode(whole);
  for (let from = 0; from < bytes.length; from += 700) {
    const view = new Uint8Array(702);
    view.set(bytes.subarray(from, from + 700));
    stream.write(view);
  }
  stream.end();
  expect(await text(stream)).toBe(whole);
});
