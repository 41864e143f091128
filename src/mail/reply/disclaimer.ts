/**
 * The legal text that a company's mail server hangs under every mail. Known by its first words and a word of secrecy in
 * the same paragraph; whatever follows it to the end goes with it.
 */

/** A paragraph is read up to here. In characters. */
const LOOKED_AT = 2000;
/** It ends the mail, and is the last part of it: so many paragraphs at most. */
const MAX_PARAGRAPHS = 6;

/** `This e-mail and any attachments are confidential …` · `Diese E-Mail enthält vertrauliche …` · `Ce message est confidentiel …` */
const BEGINNING =
  /^[*_>\s]{0,4}(?:(?:confidentiality|legal|privacy|disclaimer|important) ?(?:notice|note|statement)?\b|disclaimer\b|the (?:information|contents?)\b|this (?:e-?mail|message|communication|transmission)\b|diese (?:e-?mail|nachricht|mitteilung)\b|der inhalt dieser\b|vertraulichkeitshinweis|ce (?:message|courriel|mail)\b|cet e-?mail\b|les informations contenues\b|este (?:mensaje|correo|e-?mail|mensagem)\b|esta mensagem\b|la información contenida\b|aviso legal\b|questo messaggio\b|questa e-?mail\b|le informazioni (?:contenute|trasmesse)\b|(?:dit|deze) (?:bericht|e-?mail)\b|de informatie\b|de inhoud van\b|detta (?:e-?post|meddelande)\w*\b|denne (?:e-?mail|e-?post|mail)\w*\b|tämä (?:sähköposti|viesti)\w*|ta wiadomość\b|niniejsza wiadomość\b|tento e-?mail\b|данное сообщение|настоящее сообщение|это сообщение)/iu;
const SECRECY =
  /confidential|privileged|intended (?:only |solely )?(?:for|recipient)|vertraulich|rechtlich geschützt|confidentiel|destinataire|confidencial|destinatari[oa]|riservat|vertrouwelijk|geadresseerde|konfidentiell|fortrolig|luottamuksel|poufn|důvěrn|конфиденциальн/iu;
/** `Please consider the environment before printing this e-mail.` */
const PRINTING =
  /^.{0,20}(?:consider the environment|think before you print|save (?:a tree|paper)|denken sie an die umwelt|pensez à l'environnement|pensez à l’environnement|antes de imprimir|prima di stampare)/iu;

/**
 * Index of the line at which a disclaimer begins that reaches to `end`; `end` when there is none.
 * @param start lines above this index are not looked at
 */
export function disclaimerStart(lines: readonly string[], start: number, end: number): number {
  let found = end;
  let below = end;
  for (let seen = 0; seen < MAX_PARAGRAPHS; seen++) {
    while (below > start && (lines[below - 1] as string).trim() === "") below--;
    let above = below;
    // No paragraph of a disclaimer is longer than this in lines.
    while (above > start && below - above < 40 && (lines[above - 1] as string).trim() !== "") above--;
    if (above === below) break;
    const paragraph = lines
      .slice(above, below)
      .map((line) => line.slice(0, LOOKED_AT))
      .join(" ")
      .slice(0, LOOKED_AT);
    if (PRINTING.test(paragraph) || (BEGINNING.test(paragraph) && SECRECY.test(paragraph))) found = above;
    below = above;
  }
  return found;
}
