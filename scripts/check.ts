/** `npm run check`: everything that must hold before a commit, the quick parts first; ends at the first that does not. */
import { spawnSync } from "node:child_process";

const STEPS = [
  { heading: "Format", script: "format:check", remedy: "npm run format" },
  { heading: "Lint", script: "lint" },
  { heading: "Types", script: "types" },
  { heading: "Boundaries", script: "boundaries" },
  { heading: "Tests", script: "test" },
] as const;

for (const step of STEPS) {
  process.stdout.write(`\n== ${step.heading} (npm run ${step.script}) ==\n`);
  const begun = performance.now();
  const { status } = spawnSync("npm", ["run", "--silent", step.script], { stdio: "inherit" });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (status !== 0) {
    const remedy = "remedy" in step ? `; \`${step.remedy}\` may put it right` : "";
    process.stdout.write(`\n${step.heading}: failed after ${seconds} s${remedy}\n`);
    process.exit(1);
  }
  process.stdout.write(`${step.heading}: ok, ${seconds} s\n`);
}
process.stdout.write("\nAll checks passed.\n");
