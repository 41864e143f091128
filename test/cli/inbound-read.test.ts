import { describe, expect, it } from "vitest";
import { cliWorld } from "./world.ts";

const REPLY = [
  "From: Maria Santos <maria@b\u00fccher.example>",
  "To: support@nw.example",
  "Message-ID: <r1@home.example>",
  "In-Reply-To: <q1@nw.example>",
  "Subject: Re: Cannot log in",
  "MIME-Version: 1.0",
  "Content-Type: multipart/mixed; boundary=b",
  "",
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<p onclick="steal()">It <b>works</b> again, and the printer does as well, thank you.</p><script>steal()</script><img src="https://pixel.example/x.gif">',
  '<div class="gmail_quote"><div class="gmail_attr">On Mon, 23 Nov 2026 at 10:02, Dev wrote:</div><blockquote>Try it now.</blockquote></div>',
  "--b",
  "Content-Type: application/pdf; name=screen.pdf",
  "Content-Transfer-Encoding: base64",
  "",
  "JVBERi0xLjQK",
  "--b--",
  "",
].join("\r\n");

describe("postern inbound read", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it("tells field by field what is read in a file", async () => {
    const { code, stdout, stderr } = await world.postern("inbound", "read", world.write("reply.eml", REPLY));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("from        Maria Santos <maria@bücher.example>");
    expect(stdout).toContain("nature      correspondence: nothing says that a machine sent it");
    expect(stdout).toContain("answers     <q1@nw.example>");
    expect(stdout).toContain("file        screen.pdf, application/pdf, 9 bytes");
    expect(stdout).toMatch(
      /-- new in it\n {3}It works again, and the printer does as well, thank you\.\n-- quoted\n {3}On Mon/,
    );
  });

  it("shows HTML without what could act", async () => {
    const { code, stdout } = await world.postern("inbound", "read", "--html", world.write("reply.eml", REPLY));
    expect(code).toBe(0);
    expect(stdout).toContain("<b>works</b>");
    expect(stdout).not.toMatch(/script|onclick|\ssrc="https/);
  });

  it("writes all of it as JSON, and says what is wrong with the order", async () => {
    const path = world.write("reply.eml", REPLY);
    const { stdout } = await world.postern("inbound", "read", "--json", path);
    expect(JSON.parse(stdout)).toMatchObject({ subject: "Re: Cannot log in", replyTextIsFallback: false });
    expect(await world.postern("inbound", "read", "--html", path, path)).toMatchObject({ code: 2 });
    expect((await world.postern("inbound", "read", `${path}.none`)).code).toBe(3);
  });
});
