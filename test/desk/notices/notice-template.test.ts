import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acknowledgement } from "../../../src/desk/notices/notice.ts";
import { SIGNATURE_VARIABLES } from "../../../src/desk/notices/notice-reply.ts";
import {
  liquidProblem,
  renderLiquid,
  TEMPLATE_NAMES,
  TEMPLATE_VARIABLES,
  TemplateProblems,
} from "../../../src/desk/notices/notice-template.ts";
import { loadTemplates } from "../../../src/templates.ts";
import { OUR_TEMPLATES, templates, toMaria } from "./notice-world.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postern-templates-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const own = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return await loadTemplates([folder, OUR_TEMPLATES]);
};

const ACK = "acknowledgement.txt.liquid";

const problemsOf = async (name: string, text: string): Promise<readonly string[]> => {
  const error = await own(name, text).catch((problem: unknown) => problem);
  if (!(error instanceof TemplateProblems)) throw new Error("the template was accepted");
  return error.problems.map((problem) => problem.replaceAll(`${folder}/`, ""));
};

describe("an admin's folder", () => {
  test("overrides ours, file by file", async () => {
    const theirs = await own(
      "acknowledgement.txt.liquid",
      "Subject: Got it [{{ ticket.number }}]\n\n{{ customer.name }}\n",
    );
    const mail = acknowledgement({ ...toMaria, templates: theirs });
    expect([mail.subject, mail.text]).toEqual(["Got it [NW-48201]", "Maria Santos\n"]);
    expect(mail.html).toContain("Maria Santos</p>");
  });

  test("may write the HTML of a mail, escaped unless it says otherwise", async () => {
    const theirs = await own("acknowledgement.html.liquid", "<h1>{{ desk.name }}</h1>{{ text_html | raw }}");
    const mail = acknowledgement({ ...toMaria, templates: theirs, desk: { ...toMaria.desk, name: "A & B <x>" } });
    expect(mail.html).toContain("<h1>A &amp; B &lt;x&gt;</h1><p style");
  });

  test("may change the layout and add parts to include", async () => {
    await writeFile(join(folder, "_foot.txt.liquid"), "Yours, {{ desk.name }}");
    const text = 'Subject: x\n\nHello\n{% include "_foot.txt" %}\n';
    expect(acknowledgement({ ...toMaria, templates: await own("acknowledgement.txt.liquid", text) }).text).toBe(
      "Hello\nYours, Northwind Support\n",
    );
  });

  test("that is not there is an error that names it", async () => {
    await expect(loadTemplates([join(folder, "none"), OUR_TEMPLATES])).rejects.toThrow(join(folder, "none"));
  });
});

describe("a wrong template stops the start, with file, line, and what to write", () => {
  test.each([
    [
      "an unknown variable",
      ACK,
      "Subject: x\n\nHello {{ customer.frist_name }}",
      `${ACK}:3: there is no "customer.frist_name" here; did you mean "customer.first_name"?`,
    ],
    [
      "one in a branch that is hardly ever taken",
      ACK,
      "Subject: x\n\n{% if due %}{% unless due %}\n{{ dude }}{% endunless %}{% endif %}",
      `${ACK}:4: there is no "dude" here; did you mean "due"?`,
    ],
    ["an unknown filter", ACK, "Subject: x\n\n{{ due | shout }}", `${ACK}:3: undefined filter: shout`],
    ["an unknown tag", ACK, "Subject: x\n\n{% fi due %}", `${ACK}:3: tag "fi" not found`],
    ["a tag that is not closed", ACK, "Subject: x\n\n{% if due %}", `${ACK}:3: tag {% if due %} not closed`],
    ["no Subject line", ACK, "Hello", `${ACK}:1: must begin with a line "Subject: …" and an empty line`],
    [
      "no empty line after it",
      ACK,
      "Subject: x\nHello",
      `${ACK}:1: must begin with a line "Subject: …" and an empty line`,
    ],
    [
      "no marker in mail to agents",
      "not-sent-note.txt.liquid",
      "Subject: x\n\n{{ heading }} {{ text }}",
      "not-sent-note.txt.liquid: must contain {{ marker }}, by which an agent's reply to it is read",
    ],
    [
      "a file name that means nothing",
      "acknowledgment.txt.liquid",
      "x",
      'acknowledgment.txt.liquid: is no template. Did you mean "acknowledgement.txt"? A part to include begins with "_"',
    ],
    [
      "an include that is not there",
      ACK,
      'Subject: x\n\n{% include "_foot.txt" %}',
      `${ACK}:3: there is no template "_foot.txt" to include`,
    ],
  ])("%s", async (_, name, text, problem) => {
    expect(await problemsOf(name, text)).toEqual([problem]);
  });

  test("a variable of another mail, with what this one may name", async () => {
    const [problem] = await problemsOf(ACK, "Subject: x\n\n{{ signature }}");
    expect(problem).toMatch(/:3: there is no "signature" here; it may name customer\.first_name, customer\.name, /);
  });

  test("a wrong variable in an included part is named there", async () => {
    await writeFile(join(folder, "_foot.txt.liquid"), "\n{{ nobody }}");
    expect(await problemsOf(ACK, 'Subject: x\n\n{% include "_foot.txt" %}')).toEqual([
      expect.stringMatching(/^_foot\.txt\.liquid:2: there is no "nobody" here/),
    ]);
  });

  test("all problems are told at once, and a missing template is one", async () => {
    const error = (await loadTemplates([folder]).catch((problem: unknown) => problem)) as TemplateProblems;
    expect(error.problems).toHaveLength(TEMPLATE_NAMES.length + 1);
    expect(error.message).toContain("acknowledgement.txt.liquid is missing");
  });
});

test.each([
  '{% include "/etc/passwd" %}',
  '{% render "../../../etc/passwd" %}',
  '{% layout "/etc/passwd" %}',
  '{% include "package.json" %}',
])("%s reads no file", async (tag) => {
  expect(await problemsOf(ACK, `Subject: x\n\n${tag}`)).toEqual([expect.stringContaining("there is no template")]);
});

test("a name computed when the mail is made reads no file either", async () => {
  const theirs = await own(ACK, 'Subject: x\n\n{% assign file = "/etc/" | append: "passwd" %}{% include file %}');
  expect(() => acknowledgement({ ...toMaria, templates: theirs })).toThrow(/Failed to lookup "\/etc\/passwd"/);
});

test("a loop without an end is stopped", async () => {
  const theirs = await own(ACK, "Subject: x\n\n{% for i in (1..1000000000) %}{{ i }}{% endfor %}");
  expect(() => acknowledgement({ ...toMaria, templates: theirs })).toThrow(/limit/);
});

test("rendering with a value missing throws and names template and variable", () => {
  expect(() => templates.render("reply", {})).toThrow(/^reply\.txt\.liquid: undefined variable: ticket, line:1/);
});

describe("signatures", () => {
  test("are checked and rendered", () => {
    expect(liquidProblem("{{ agent.first_name }}, {{ desk.name }}", SIGNATURE_VARIABLES)).toBeUndefined();
    expect(liquidProblem("{{ agent.email }}", SIGNATURE_VARIABLES)).toMatch(
      /^signature:1: there is no "agent.email" here/,
    );
    expect(liquidProblem("{{ agent.name", SIGNATURE_VARIABLES)).toMatch(/^signature:1: output/);
    expect(renderLiquid("{{ agent.name }}", { agent: { name: "Dev" } })).toBe("Dev");
  });
});

test("docs/templates.md names every template and every variable", async () => {
  const docs = await readFile(join(import.meta.dirname, "../../../docs/templates.md"), "utf8");
  const variables = [...new Set(Object.values(TEMPLATE_VARIABLES).flat())];
  expect([...TEMPLATE_NAMES, ...variables].filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});

test("our folder holds nothing that is not a template", async () => {
  const names = (await readdir(OUR_TEMPLATES)).filter((name) => !name.startsWith("_"));
  expect(names.sort()).toEqual(TEMPLATE_NAMES.map((name) => `${name}.txt.liquid`).sort());
});
