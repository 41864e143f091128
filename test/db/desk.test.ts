/** Versions of the desk: what is kept of what a new one lacks, and what an older Postern has stored. */
import { expect, it } from "vitest";
import { currentDesk, requireDesk, storeDesk } from "../../src/db/desk.ts";
import { sha256 } from "../../src/db/raw.ts";
import { diffDesk } from "../../src/desk/file/desk-diff.ts";
import { readDesk } from "../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../src/desk/file/desk-file-write.ts";
import { testDesk } from "./desks.ts";
import { onBothStores } from "./stores.ts";

const NOW = Date.UTC(2026, 10, 23, 10);
const MORE = `organizations:
  fabrikam: { domains: [fabrikam.example], tag: vip }
  contoso: { domains: [contoso.example] }
canned: { reset: Hi, sorry: No }
lists: { vip: joe@x.example }
rules:
  - name: Orders
    when: opened
    if: { subject: { matches: 'order (?P<order>\\d+)' } }
    then: { tag: "order-{{ match.order }}" }
    examples:
      - { given: { subject: order 1 }, expect: { tag: order-1 } }
`;
const withMore = (change: (more: string) => string = (more) => more) =>
  testDesk((text) => text.replace(/rules:\n[\s\S]*$/, change(MORE)));

onBothStores("the desk", (store) => {
  const { db } = store;
  const apply = async (desk: ReturnType<typeof testDesk>) =>
    await db().transaction((tx) => storeDesk(tx, desk, "test", NOW));

  it("keeps organizations that are gone, inactive; canned texts and lists are what the file says", async () => {
    await apply(withMore());
    await apply(
      withMore((more) =>
        more
          .replace(/ {2}contoso.*\n/, "")
          .replace(", sorry: No", "")
          .replace(/lists.*\n/, ""),
      ),
    );
    const desk = await requireDesk(db());
    expect(desk.organizations["contoso"]).toMatchObject({ active: false, domains: ["contoso.example"] });
    expect(desk.organizations["fabrikam"]?.active).toBe(true);
    expect(Object.keys(desk.canned)).toEqual(["reset"]);
    expect(desk.lists).toEqual({});
    expect(diffDesk(desk, withMore()).map(({ line }) => line)).toEqual([
      "+ organization contoso (Contoso) (active again)",
      "+ canned text sorry",
      "+ list vip",
    ]);
  });

  it("stores no line of the desk file: a comment above a rule is no new desk", async () => {
    await apply(withMore());
    const stored = await requireDesk(db());
    expect(stored.rules[0]?.examples.map(({ line }) => line)).toEqual([0]);
    expect(
      diffDesk(
        stored,
        withMore((more) => more.replace("rules:", "# orders\nrules:")),
      ),
    ).toEqual([]);
  });

  it("completes a desk that an older version has stored, so that it can be used, exported and applied again", async () => {
    const old = testDesk();
    const without = (keys: string[]) => (key: string, value: unknown) => (keys.includes(key) ? undefined : value);
    const lacking = [
      "organizations",
      "canned",
      "lists",
      "away",
      "skills",
      "words",
      "mailboxes",
      "portal",
      "byPriority",
      "escalations",
      "overdue",
      "examples",
      "closeWarningDays",
    ];
    const text = JSON.stringify(old, without(lacking));
    await db()("desk_version").insert({ created_at: NOW, actor: "test", sha256: sha256(text), desk: text });
    const desk = (await currentDesk(db()))!;
    expect({ ...desk, version: 0 }).toStrictEqual(testDesk());
    expect(diffDesk(desk, testDesk())).toEqual([]);
    expect(readDesk(writeDesk(desk), "exported.yaml").ok).toBe(true);
  });
});
