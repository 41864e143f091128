/** Why a rule matched, in the words of its trace. */
import type { ConditionTrace } from "../desk/rules/condition.ts";

/** `"log in" in the subject`; "everything" for a rule without a condition. */
export function reasonOf(condition: ConditionTrace | null): string {
  const match = condition === null ? undefined : firstMatch(condition);
  return match ? `"${match.word}" in the ${match.field}` : "everything";
}

function firstMatch(trace: ConditionTrace): { word: string; field: string } | undefined {
  if (!trace.result) return undefined;
  if (trace.kind !== "test") return trace.parts.map(firstMatch).find((one) => one !== undefined);
  return trace.matched === undefined ? undefined : { word: trace.matched, field: trace.field };
}
