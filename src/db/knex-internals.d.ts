/** The two classes of knex that connect.ts extends; knex publishes no types for them. */
declare module "knex/lib/dialects/sqlite3/index.js" {
  export default class SqliteClient {
    transaction(container: unknown, config: unknown, outer: unknown): unknown;
  }
}
declare module "knex/lib/execution/transaction.js" {
  export default class Transaction {
    constructor(client: unknown, container: unknown, config: unknown, outer: unknown);
    query(connection: unknown, sql: string): unknown;
    begin(connection: unknown): unknown;
  }
}
