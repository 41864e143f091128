/**
 * Who may import whom. Floors, imports go down only:
 *
 *   main, cli -> web -> stages -> db -> desk -> mail
 *
 * imap, smtp, queue and parser stand beside db and know nothing of one another; yaml and text lie under the desk.
 * Each rule says why in one sentence; test/boundaries.test.ts plants a violation of every rule and sees it reported.
 */

const PURE = "^src/(mail|desk|text|yaml)/";

/** Parts of node that compute and touch nothing outside. */
const PURE_NODE =
  "^(node:)?(assert|buffer|crypto|punycode|querystring|string_decoder|stream|stream/promises|url|util|zlib)$";

/** Packages that reach a disk, a network or a clock. nodemailer's composer only builds bytes, so mail/ may have it. */
const REACHES_OUT = [
  "/(knex|pg|sqlite3|@electric-sql/pglite|bullmq|ioredis|imapflow|smtp-server|piscina|pino|hono|@hono/[^/]+|commander|@types/pg)/",
  "/nodemailer/(?!(dist/(esm|cjs)|lib)/(mail-composer|mime-node|mime-funcs|qp|base64|addressparser|punycode|shared)/)",
].map((path) => `node_modules${path}`);

/** Folders that stand on the same floor: `a` may not import any of the others. */
const BESIDE_DB = ["imap", "smtp", "queue", "db", "parser"];

const error = "error";

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that need one another are one file, or a third is missing.",
      severity: error,
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that cannot be found is judged by no rule and fails at run time.",
      severity: error,
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-package-in-product",
      comment: "An installation without development packages must run.",
      severity: error,
      from: { path: "^(src|bin|migrations)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    },
    {
      name: "no-test-in-product",
      comment: "What only tests need must not decide how the product behaves.",
      severity: error,
      from: { path: "^(src|bin|migrations)/" },
      to: { path: "^(test|bench)/" },
    },
    {
      name: "mail-knows-no-desk",
      comment: "mail/ states facts of the RFCs, which hold whatever a ticket is.",
      severity: error,
      from: { path: "^src/mail/" },
      to: { path: "^src/(?!(mail|text)/)" },
    },
    {
      name: "desk-decides-only",
      comment:
        "Decisions take facts and return changes, so that they can be tested, replayed and explained without a world around them.",
      severity: error,
      from: { path: "^src/desk/" },
      to: { path: "^src/(?!(mail|desk|text|yaml)/)" },
    },
    {
      name: "yaml-reads-any-file",
      comment: "Reading YAML with good errors is the same for the configuration and for the desk, so it knows neither.",
      severity: error,
      from: { path: "^src/yaml/" },
      to: { path: "^src/(?!(yaml|text|mail)/)" },
    },
    {
      name: "text-knows-nobody",
      comment: "Plain functions on words are of use everywhere only while they need nothing.",
      severity: error,
      from: { path: "^src/text/" },
      to: { path: "^src/(?!text/)" },
    },
    {
      name: "pure-folders-touch-no-machine",
      comment:
        "The same message must give the same verdict on every machine, so the pure folders see no disk, network, thread or process.",
      severity: error,
      from: { path: PURE },
      to: { dependencyTypes: ["core"], pathNot: PURE_NODE },
    },
    {
      name: "pure-folders-use-no-adapter",
      comment:
        "A package that reaches a database, a queue or a server would bring I/O into the pure folders by the back door.",
      severity: error,
      from: { path: PURE },
      to: { path: REACHES_OUT },
    },
    ...BESIDE_DB.filter((folder) => folder !== "parser").map((folder) => ({
      name: `${folder}-knows-no-sibling`,
      comment:
        "Adapters stand side by side and are put together in main, so that each can be replaced or tested alone.",
      severity: error,
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${BESIDE_DB.filter((other) => other !== folder).join("|")})/` },
    })),
    {
      name: "adapters-import-downwards",
      comment: "The database and the servers do not know who uses them.",
      severity: error,
      from: { path: `^src/(${BESIDE_DB.join("|")})/` },
      to: { path: "^src/(stages|web)/" },
    },
    {
      name: "parser-reads-mail-only",
      comment: "Hostile bytes are parsed in a process of threads that can reach no ticket, no database and no server.",
      severity: error,
      from: { path: "^src/parser/" },
      to: { path: "^src/(?!(parser|mail)/)" },
    },
    {
      name: "stages-are-handed-their-verbs",
      comment: "A stage takes enqueue and send as arguments, so of queue and smtp it may import types only.",
      severity: error,
      from: { path: "^src/stages/" },
      to: { path: "^src/(queue|smtp)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "stages-fetch-no-mail",
      comment: "The poller hands raw messages to a stage and never the other way round.",
      severity: error,
      from: { path: "^src/stages/" },
      to: { path: "^src/imap/" },
    },
    {
      name: "stages-know-no-page",
      comment: "A stage runs the same with or without the web role.",
      severity: error,
      from: { path: "^src/stages/" },
      to: { path: "^src/web/" },
    },
    {
      name: "nothing-imports-the-top",
      comment:
        "main and cli wire everything by hand; what they wire must not pull them in again (the sandbox's run starts a gateway like cli does).",
      severity: error,
      from: { path: "^(src|migrations)/", pathNot: "^src/(main\\.ts$|cli/|sandbox/run\\.ts$)" },
      to: { path: "^src/(main\\.ts$|cli/)" },
    },
    {
      name: "configuration-is-an-argument",
      comment: "Only the top reads configuration; everything below is given the values it needs.",
      severity: error,
      from: { path: "^src/(mail|desk|db|imap|smtp|queue|parser|stages|web)/" },
      to: { path: "^src/config(\\.ts$|/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "sandbox-is-for-the-first-run",
      comment:
        "The embedded mail world is started by the command line and by tests; no production path may depend on it.",
      severity: error,
      from: { path: "^(src|migrations|bin)/", pathNot: "^src/(sandbox/|cli/|main\\.ts$)" },
      to: { path: "^src/sandbox/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Type imports count: a folder that must not know another must not know its types either.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // What package.json calls a development package is told from what it calls a dependency.
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
