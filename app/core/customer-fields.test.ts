import { describe, expect, it } from "vitest";
import { chooseFieldKind, MOST_FIELD_TEXT, reduceFieldValue } from "./customer-fields.ts";

describe("what is kept of a customer's field", () => {
  it.each([
    ["date", "birth_date", "Birth date", "month-day"],
    ["date", "dob", "Geburtstag", "month-day"],
    ["date_time", "x", "生日", "month-day"],
    ["date", "member_since", "Member since", "date"],
    ["number_integer", "shoe_size", "Shoe size", "number"],
    ["single_line_text_field", "skin", "Skin type", "text"],
    ["json", "anything", "Anything", null],
    ["multi_line_text_field", "notes", "Notes", null],
    ["file_reference", "passport", "Passport", null],
  ])("of a %s called %s (%s): %s", (type, key, title, kind) => {
    expect(chooseFieldKind(type, key, title)).toBe(kind);
  });

  it.each([
    ["month-day", "1990-05-17", "05-17"],
    ["month-day", "1992-02-29", "02-29"],
    ["month-day", "2001-12-31T23:59:00Z", "12-31"],
    ["month-day", "1990-13-01", null],
    ["month-day", "May 17", null],
    ["date", "2020-01-31", "2020-01-31"],
    ["date", "2020-01-31T10:00:00+02:00", "2020-01-31T08:00:00.000Z"],
    ["date", "soon", null],
    ["number", "42.50", "42.5"],
    ["number", "many", null],
    ["text", "", null],
    ["text", "x".repeat(200), "x".repeat(MOST_FIELD_TEXT)],
  ] as const)("%s of %s: %s", (kind, value, kept) => {
    expect(reduceFieldValue(kind, value)).toBe(kept);
  });

  it("never keeps the year of a birthday", () => {
    for (let year = 1930; year < 2020; year++) expect(reduceFieldValue("month-day", `${year}-06-15`)).toBe("06-15");
  });
});
