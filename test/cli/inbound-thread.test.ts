import { beforeAll, describe, expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { openStreet } from "../stages/street.ts";
import { cells, cliWorld } from "./world.ts";

const eml = (id: string, from: string, subject: string, more = ""): string =>
  `From: ${from}\r\nTo: support@nw.example\r\nMessage-ID: <${id}>\r\nSubject: ${subject}\r\n${more}\r\nHello ${id}\r\n`;

describe("postern inbound thread", { timeout: 90_000 }, () => {
  const world = cliWorld();
  const files: string[] = [];

  beforeAll(() => {
    files.push(
      world.write(
        "answer.eml",
        eml("b@home.example", "jo@home.example", "Re: Till", "In-Reply-To: <a@home.example>\r\n"),
      ),
      world.write("lonely.eml", eml("c@home.example", "maria@home.example", "Till")),
      world.write("parent.eml", eml("a@home.example", "maria@home.example", "Till")),
      world.write("also.eml", eml("d@home.example", "kim@home.example", "Other", "References: <b@home.example>\r\n")),
    );
  });

  it("says which belong together and why, whatever came first", async () => {
    const { code, stdout, stderr } = await world.postern("inbound", "thread", ...files);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n").slice(1).map(cells)).toEqual([
      ["1", "answer.eml", "jo@home.example", "Re: Till", "answers <a@home.example>, which is parent.eml"],
      ["2", "lonely.eml", "maria@home.example", "Till", "shares no id with another"],
      ["1", "parent.eml", "maria@home.example", "Till", "answered by answer.eml"],
      ["1", "also.eml", "kim@home.example", "Other", "answers <b@home.example>, which is answer.eml"],
    ]);
  });

  it("says that a subject proves nothing, and writes JSON", async () => {
    const { stdout } = await world.postern("inbound", "thread", "--json", files[2]!, files[1]!);
    expect(JSON.parse(stdout)).toMatchObject([
      { thread: 1, why: "shares no id with another" },
      { thread: 2, why: "shares no id with another; the subject of parent.eml, which proves nothing" },
    ]);
  });

  it("takes stored messages by their numbers", async () => {
    const db = await world.open();
    const street = await openStreet({ db: () => db, url: () => world.url });
    const first = mail({
      from: "Maria Santos <maria@home.example>",
      to: "support@nw.example",
      subject: "Till",
      text: "x",
    });
    await street.receive(first);
    const id = /^Message-ID: <(.+)>\r?$/im.exec(first.raw.toString("latin1"))![1]!;
    const answer = world.write(
      "reply.eml",
      eml("r@home.example", "maria@home.example", "Re: Till", `References: <${id}>\r\n`),
    );
    const { code, stdout } = await world.postern("inbound", "thread", "1", answer);
    expect(code).toBe(0);
    expect(stdout).toContain(`answers <${id}>, which is 1`);
  });

  it("names what is not there", async () => {
    expect(await world.postern("inbound", "thread", "nothing.eml")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("nothing.eml: cannot be read (ENOENT)"),
    });
    expect(await world.postern("inbound", "thread", "99999")).toMatchObject({ code: 3 });
    expect((await world.postern("inbound", "thread")).code).toBe(2);
  });
});
