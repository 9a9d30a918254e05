import { describe, expect, it } from "vitest";
import { tokenise } from "./tokenise.ts";

describe("tokenise", () => {
  it.each([
    ["Women's Linen Dresses", ["women", "s", "linen", "dresse"]],
    ["Café crème — 250 ml", ["cafe", "creme", "250", "ml"]],
    ["glass Glasses gas", ["glass", "glasse", "gas"]],
    ["<p>Soft&nbsp;<b>wool</b></p>", ["soft", "wool"]],
    ["连衣裙", ["连衣", "衣裙"]],
    ["T恤2024新款", ["t", "恤", "2024", "新款"]],
    ["コーヒー豆 200g", ["コー", "ーヒ", "ヒー", "ー豆", "200g"]],
    ["Ｆｕｌｌ ｗｉｄｔｈ", ["full", "width"]],
    ["чёрный чай", ["черныи", "чаи"]],
    ["", []],
    ["--- !!!", []],
  ])("%s", (text, tokens) => expect(tokenise(text)).toEqual(tokens));
});
