import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { audienceFields, csvCell, normaliseEmail, normalisePhone, type AudienceCustomer } from "./segment-export.ts";

const ana: AudienceCustomer = {
  email: "  Ana.Li@GMail.com ", phone: "+1 (650) 555-1212", firstName: " Mary-Ann ", lastName: "O'Neill Smith", city: "San Francisco", province: "CA", zip: "94107-1234", country: "US",
};
const of = (format: keyof typeof audienceFields, customer = ana) => Object.fromEntries(audienceFields[format].map(({ heading, read }) => [heading, read(customer)]));

it("identifiers are normalised as each platform documents it", () => {
  expect(of("meta")).toEqual({ email: "ana.li@gmail.com", phone: "16505551212", fn: "maryann", ln: "oneillsmith", ct: "sanfrancisco", st: "ca", zip: "94107", country: "us" });
  expect(of("google")).toEqual({ Email: "anali@gmail.com", Phone: "+16505551212", "First Name": "maryann", "Last Name": "oneill smith", Country: "US", Zip: "94107-1234" });
  expect(of("tiktok")).toEqual({ EMAIL_SHA256: "ana.li@gmail.com", PHONE_SHA256: "+16505551212" });
  expect(of("meta", { ...ana, firstName: "Zoë", city: "東京", zip: "SW1A 1AA", country: "GB" })).toMatchObject({ fn: "zoë", ct: "東京", zip: "sw1a1aa", country: "gb" });
});

it("Meta's documented example has the documented hash", () => {
  // developers.facebook.com, Customer File Custom Audiences: mary@example.com
  expect(createHash("sha256").update(normaliseEmail(" Mary@Example.com") ?? "").digest("hex")).toBe("f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79");
});

it("what cannot be matched is left out", () => {
  expect([null, "", "ana", "a b@c.d", "@x.y"].map(normaliseEmail)).toEqual([null, null, null, null, null]);
  expect([null, "", "650 555 1212", "+0123456", "+123", "+44 20 7946 0958"].map(normalisePhone)).toEqual([null, null, null, null, null, "+442079460958"]);
  expect(audienceFields.google.map(({ read }) => read({ email: null, phone: null, firstName: null, lastName: " ", city: null, province: null, zip: "", country: null }))).toEqual([null, null, null, null, null, null]);
});

it("a cell is never a formula and never breaks its row", () => {
  expect(["=1+1", "-2+3", "-2", "@x", "+44", 'a"b', "a,b", "a\nb", "plain", "a-b"].map(csvCell)).toEqual(["'=1+1", "'-2+3", "-2", "'@x", "+44", '"a""b"', '"a,b"', '"a\nb"', "plain", "a-b"]);
});
