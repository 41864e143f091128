/** `${NAME}` and `${NAME:-default}` inside the values of postern.yaml; `$${` is a literal `${`. */
import type { Path, Problem } from "../yaml/problem.ts";
import type { Plain } from "../yaml/source.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The value with its variables filled in. A variable that is not set is a problem, and `?` stands in its place. */
export function expand(value: Plain, env: Environment): { value: Plain; problems: Problem[] } {
  const problems: Problem[] = [];
  const inside = (part: Plain, path: Path): Plain => {
    if (typeof part === "string") {
      const filled = fill(part, env, (message) => problems.push({ path, message }));
      return filled === "" ? undefined : filled;
    }
    if (Array.isArray(part)) return part.map((entry, n) => inside(entry, [...path, n]));
    if (part === undefined) return undefined;
    const map = Object.create(null) as { [key: string]: Plain };
    for (const [key, entry] of Object.entries(part)) map[key] = inside(entry, [...path, key]);
    return map;
  };
  return { value: inside(value, []), problems };
}

function fill(text: string, env: Environment, wrong: (message: string) => void): string {
  return text.replace(/\$\$\{|\$\{([^}]*)\}?/g, (whole, inner: string | undefined) => {
    if (whole === "$${") return "${";
    const parts = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inner ?? "");
    if (parts === null || !whole.endsWith("}")) {
      wrong(
        "holds a ${ that does not name a variable. Write ${NAME}, ${NAME:-default}, or $${ for these two characters themselves.",
      );
      return "?";
    }
    const [, name, fallback] = parts;
    const set = env[name!];
    if (set !== undefined && (set !== "" || fallback === undefined)) return set;
    if (fallback !== undefined) return fallback;
    wrong(`the environment variable ${name} is not set. Set it, or write \${${name}:-default}.`);
    return "?";
  });
}
