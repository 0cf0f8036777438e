/** Japanese, Chinese and Korean: names between words that no space parts. */
import { describe, expect, it } from "vitest";
import { mayBegin, mayEnd, scriptOf } from "../../../src/parser/languages/cjk.ts";
import { named } from "../reading.ts";

const units = (text: string) => Uint16Array.from(text, (one) => one.charCodeAt(0));

describe("a name without spaces around it", () => {
  it.each([
    ["カメラならソニーが一番です。", "ソニー"],
    ["私はトヨタの車とホンダの車を比べました。", "トヨタ"],
    ["価格はAppleより安いです。", "Apple"],
    ["我更推荐华为的手机。", "华为"],
    ["买特斯拉还是比亚迪，看预算。", "比亚迪"],
    ["삼성은 화면이 좋습니다.", "삼성"],
    ["카메라는 애플이 더 좋아요.", "애플"],
  ])("is found in %s", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });

  it.each([
    ["ソニック映画は面白いです。", "ソニ"],
    ["삼성동에 살아요.", "삼성"],
    ["東京都庁へ行きました。", "京都"],
  ])("is not found inside another word: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });
});

describe("scripts", () => {
  it("are told by the letter", () => {
    expect(Array.from("漢かカ한aé・", (one) => scriptOf(one.charCodeAt(0)))).toEqual([
      "han",
      "hiragana",
      "katakana",
      "hangul",
      null,
      null,
      null,
    ]);
  });

  it("part names where they change, and Chinese anywhere", () => {
    expect(mayBegin(units("がソ"), 1, true)).toBe(true);
    expect(mayBegin(units("漢字"), 1, true)).toBe(false);
    expect(mayBegin(units("汉字"), 1, false)).toBe(true);
    expect(mayEnd(units("漢の"), 1, true)).toBe(true);
    expect(mayEnd(units("カカ"), 1, true)).toBe(false);
  });
});
