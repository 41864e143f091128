import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { openStreet } from "./street.ts";

onBothStores("the customer's language", (store) => {
  it("chooses the templates of the ticket, and only of that one", async () => {
    const street = await openStreet(store);
    const german = await street.open({
      from: "Jörg Maier <joerg@brief.example>",
      subject: "Drucker",
      text: "Guten Tag, seit heute Morgen druckt der Drucker im zweiten Stock nur noch leere Seiten.",
    });
    expect(german.language).toBe("de");
    expect(street.sentTo("joerg@brief.example")[0]!.message.text).toMatch(
      /^Guten Tag.*\n\nIhre Nachricht ist angekommen/,
    );
    const english = await street.open({
      from: "maria@letter.example",
      subject: "Printer",
      text: "Since this morning the printer on the second floor prints nothing but empty pages.",
    });
    expect(english.language).toBe("en");
    expect(street.sentTo("maria@letter.example")[0]!.message.text).toContain("We have your message");
  });

  it("is the desk's own where the message tells nothing for certain, or there are no templates", async () => {
    const street = await openStreet(store);
    const short = await street.open({ from: "x@short.example", subject: "?", text: "NW 4711" });
    expect(short.language).toBeNull();
    expect(street.sentTo("x@short.example")[0]!.message.text).toContain("We have your message");
    const finnish = await street.open({
      from: "aino@kirje.example",
      subject: "Tulostin",
      text: "Hei, toisen kerroksen tulostin on tulostanut aamusta asti pelkkiä tyhjiä sivuja.",
    });
    expect(finnish.language).toBe("fi");
    expect(street.sentTo("aino@kirje.example")[0]!.message.text).toContain("We have your message");
  });
});
