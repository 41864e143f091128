/**
 * format=flowed (RFC 3676): lines that end in a blank go on in the next one of the same quote depth; a leading blank was
 * stuffed; `-- ` is a signature and never flows.
 */

/**
 * @param text lines of a text/plain part with format=flowed
 * @param delSp the DelSp parameter: the blank at a flowed line's end is no part of the text (RFC 3676 section 4.2)
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; pieces: string[] } | undefined;
  const close = (): void => {
    if (open) out.push(quoted(open.depth, open.pieces.join("")));
    open = undefined;
  };
  for (const line of text.split("\n")) {
    const depth = quoteDepth(line);
    // Section 4.4: after the quote marks, one blank may have been stuffed.
    const unquoted = line.slice(depth);
    const content = unquoted.startsWith(" ") ? unquoted.slice(1) : unquoted;
    const flows = content.endsWith(" ") && content !== "-- ";
    if (open && (open.depth !== depth || content === "-- ")) close();
    open ??= { depth, pieces: [] };
    open.pieces.push(flows && delSp ? content.slice(0, -1) : content);
    if (!flows) close();
  }
  close();
  return out.join("\n");
}

function quoteDepth(line: string): number {
  let depth = 0;
  while (line[depth] === ">") depth++;
  return depth;
}

/** An empty quoted line is a bare `>`. */
function quoted(depth: number, content: string): string {
  if (depth === 0) return content;
  return content === "" ? ">".repeat(depth) : `${">".repeat(depth)} ${content}`;
}
