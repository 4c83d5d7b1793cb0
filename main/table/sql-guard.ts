/**
 * Is a person's SQL one read-only SELECT over tables of the case? Decided on DuckDB's own syntax tree, by what is allowed: known kinds
 * of nodes, tables of the catalogue or of the query itself, listed functions. Whatever isn't known is refused, so that a new
 * feature of DuckDB is closed until someone opens it. The instance's own lock on files and network stands behind this one.
 * Must not run SQL.
 */
import { CasebenchError } from '../contract/index.ts';
import { functions, operators, tableFunctions } from './sql-functions.ts';

type Json = null | boolean | number | string | Json[] | { readonly [key: string]: Json };
type JsonObject = Exclude<Json, null | boolean | number | string | Json[]>;

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (node: JsonObject, key: string): string => {
  const value = node[key];
  return typeof value === 'string' ? value : '';
};

export const refused = (what: string, detail?: string): CasebenchError =>
  new CasebenchError('sql.refused', `${what} Nothing was run. Ask with one SELECT over tables of this case.`, detail === undefined ? {} : { detail });

const nodeTypes = new Set(['SELECT_NODE', 'SET_OPERATION_NODE', 'RECURSIVE_CTE_NODE', 'CTE_NODE']);
const tableTypes = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY', 'EMPTY_FROM', 'PIVOT', 'SHOW_REF']);
const expressionClasses = new Set([
  'CONSTANT', 'COLUMN_REF', 'FUNCTION', 'OPERATOR', 'COMPARISON', 'CONJUNCTION', 'CAST', 'CASE', 'STAR', 'SUBQUERY', 'WINDOW', 'BETWEEN', 'LAMBDA', 'LAMBDA_REF',
  'COLLATE', 'POSITIONAL_REFERENCE',
]);
const otherTypes = new Set(['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'LIMIT_PERCENT_MODIFIER', 'DISTINCT_MODIFIER', 'ORDER_DEFAULT', 'ASCENDING', 'DESCENDING']);

type Scope = { readonly names: ReadonlySet<string>; readonly outer: Scope | null };
const inScope = (scope: Scope | null, name: string): boolean => scope !== null && (scope.names.has(name) || inScope(scope.outer, name));

/** What a query reads: names as it spells them. */
export type Checked = { readonly tables: ReadonlySet<string> };

/**
 * @param serialized what `json_serialize_sql` answers.
 * @param isTable whether the case has a table of that name.
 * Throws `sql.refused` for anything but one allowed SELECT, `sql.failed` when it can't be parsed.
 */
export const checkSelect = (serialized: string, isTable: (name: string) => boolean): Checked => {
  try {
    return check(serialized, isTable);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw refused('The query is nested too deeply to be checked.');
    throw thrown;
  }
};

/** The one statement's query. Throws when there isn't exactly one that can be serialized. */
const onlyNode = (serialized: string): JsonObject => {
  const tree = JSON.parse(serialized) as JsonObject;
  if (tree['error'] === true) {
    const said = textIn(tree, 'error_message');
    if (textIn(tree, 'error_type') === 'parser') throw new CasebenchError('sql.failed', `The query can't be read: ${said}. Nothing was run. Correct it, then run it again.`);
    throw refused('Only SELECT, WITH, FROM, VALUES, DESCRIBE and SUMMARIZE can be run here.', said);
  }
  const statements = tree['statements'];
  if (!Array.isArray(statements) || statements.length !== 1) throw refused('The text holds more than one statement.');
  const statement = statements[0];
  if (isObject(statement) && isObject(statement['node'])) return statement['node'];
  throw refused(`The statement is of a kind that can't be checked.`);
};

/**
 * Is `SELECT 1 WHERE (…)` with a person's condition between the parentheses still that: one SELECT from nothing, with a condition and
 * no other clause? Where it is not, the condition closed its parenthesis. The tables and functions in it are for `checkSelect`.
 */
export const checkCondition = (serialized: string): void => {
  const node = onlyNode(serialized);
  const from = node['from_table'];
  const empty = (key: string): boolean => {
    const value = node[key];
    return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  };
  const alone = textIn(node, 'type') === 'SELECT_NODE' && isObject(from) && textIn(from, 'type').startsWith('EMPTY') && isObject(node['where_clause']) &&
    ['modifiers', 'group_expressions', 'group_sets', 'having', 'qualify', 'sample'].every(empty);
  if (!alone) throw refused('The condition is more than one expression.');
};

const check = (serialized: string, isTable: (name: string) => boolean): Checked => {
  const node = onlyNode(serialized);
  const tables = new Set<string>();

  const visitAll = (value: Json | undefined, scope: Scope | null): void => {
    if (Array.isArray(value)) for (const item of value) visitAll(item, scope);
    else if (isObject(value)) visit(value, scope);
  };
  const visitFields = (node: JsonObject, scope: Scope | null, except: readonly string[] = []): void => {
    for (const [key, value] of Object.entries(node)) if (!except.includes(key)) visitAll(value, scope);
  };

  /** A query with its WITH clause: each part sees those before it, a recursive one sees itself. */
  const visitQuery = (node: JsonObject, scope: Scope | null): void => {
    const names = new Set<string>();
    const inner: Scope = { names, outer: scope };
    const withClause = node['cte_map'];
    const parts = isObject(withClause) ? withClause['map'] : [];
    for (const part of Array.isArray(parts) ? parts : []) {
      if (!isObject(part)) throw refused(`The WITH clause is of a kind that can't be checked.`);
      visitAll(part['value'], inner);
      names.add(textIn(part, 'key').toLowerCase());
    }
    if (textIn(node, 'type') === 'RECURSIVE_CTE_NODE' || textIn(node, 'type') === 'CTE_NODE') names.add(textIn(node, 'cte_name').toLowerCase());
    visitFields(node, inner, ['cte_map']);
  };

  const visitTable = (node: JsonObject, scope: Scope | null): void => {
    const type = textIn(node, 'type');
    if (type === 'BASE_TABLE') {
      const name = textIn(node, 'table_name');
      if (textIn(node, 'schema_name') !== '' || textIn(node, 'catalog_name') !== '') throw refused(`“${name}” is named with a schema; tables of a case have none.`);
      if (isObject(node['at_clause'])) throw refused('AT is not available.');
      if (!inScope(scope, name.toLowerCase())) {
        if (!isTable(name)) throw refused(`This case has no table “${name}”.`);
        tables.add(name);
      }
    } else if (type === 'TABLE_FUNCTION') {
      const call = node['function'];
      const name = isObject(call) ? textIn(call, 'function_name').toLowerCase() : '';
      if (!tableFunctions.has(name) || !isObject(call)) throw refused(`${name === '' ? 'That table function' : `${name}()`} is not available.`);
      checkQualifier(call);
      visitAll(call['children'], scope);
      visitFields(node, scope, ['function']);
      return;
    } else if (type === 'SHOW_REF' && (textIn(node, 'table_name') !== '' || !isObject(node['query']))) throw refused('SHOW is not available.');
    visitFields(node, scope);
  };

  const checkQualifier = (node: JsonObject): void => {
    const schema = textIn(node, 'schema');
    if ((schema !== '' && schema !== 'main') || textIn(node, 'catalog') !== '') throw refused(`${textIn(node, 'function_name')}() is named with a schema.`);
  };

  const visitExpression = (node: JsonObject, scope: Scope | null): void => {
    const kind = textIn(node, 'class');
    if (!expressionClasses.has(kind)) throw refused(kind === 'PARAMETER' ? 'The query holds a placeholder without a value.' : `An expression is of a kind that can't be checked.`, kind);
    // a constant's value is data: it may look like a node and is none
    if (kind === 'CONSTANT') return;
    if (kind === 'FUNCTION' || kind === 'WINDOW') {
      const name = textIn(node, 'function_name').toLowerCase();
      checkQualifier(node);
      if (!functions.has(name) && !operators.has(name)) throw refused(`${name}() is not available.`);
    }
    visitFields(node, scope, ['cast_type']);
  };

  function visit(node: JsonObject, scope: Scope | null): void {
    if (typeof node['class'] === 'string') return visitExpression(node, scope);
    const type = node['type'];
    if (type === undefined || typeof type !== 'string') return visitFields(node, scope);
    if (nodeTypes.has(type)) return visitQuery(node, scope);
    if (tableTypes.has(type)) return visitTable(node, scope);
    if (otherTypes.has(type)) return visitFields(node, scope);
    throw refused(`A part of the query is of a kind that can't be checked.`, type);
  }

  visit(node, null);
  return { tables };
};
