import { describe, expect, it } from "vitest";
import { nestFields } from "./read-body.ts";

const nest = (text: string) => JSON.parse(JSON.stringify(nestFields(text.split("&").map((pair) => [pair.split("=")[0], pair.split("=")[1]] as const))));

describe("names of form fields", () => {
  it("starts a new element where a name comes again", () => {
    expect(nest("items[][id]=1&items[][quantity]=2&items[][id]=3&items[][id]=4&items[][quantity]=5")).toEqual({
      items: [{ id: "1", quantity: "2" }, { id: "3" }, { id: "4", quantity: "5" }],
    });
  });
  it("keeps lists, indexes and names apart", () => {
    expect(nest("updates[]=1&updates[]=0&properties[For]=Ana&items[0][id]=9&items[0][properties][a]=b")).toEqual({
      updates: ["1", "0"], properties: { For: "Ana" }, items: { 0: { id: "9", properties: { a: "b" } } },
    });
  });
  it("cannot reach an object's prototype", () => {
    nest("__proto__[polluted]=1&constructor[prototype][polluted]=1");
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});
