import { expect, it } from "vitest";
import { webUrl } from "../../src/config/web-url.ts";

it.each([
  ["https://desk.example.com", "https://desk.example.com"],
  ["https://desk.example.com/postern/", "https://desk.example.com/postern"],
  ["http://DESK.example.com:8080/", "http://desk.example.com:8080"],
])("%s is a base for links", (input, url) => {
  expect(webUrl(input)).toBe(url);
});

it.each([
  "desk.example.com",
  "ftp://x.example",
  "https://u:p@x.example",
  "https://x.example/?a=1",
  "https://x.example/#a",
  "",
])("%s is none", (input) => expect(webUrl(input)).toBeUndefined());
