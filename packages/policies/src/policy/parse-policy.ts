import type { JsonNode } from '../json/json-node.ts';
import { parseJson } from '../json/parse-json.ts';
import { sourcePosition } from '../json/source-position.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { GrammarFinding } from './finding.ts';
import { GrammarReader, isOneOf } from './grammar-reader.ts';
import { pointerOffsets } from './pointer-offsets.ts';
import type { Policy, PolicyStatement } from './policy.ts';
import { readStatement } from './read-statement.ts';

/** A policy, or what keeps the text from being one; never neither. */
export type ParsedPolicy =
  | { policy: Policy; findings: readonly [] }
  | { policy?: undefined; findings: readonly GrammarFinding[] };

const policyElements = ['Version', 'Id', 'Statement'] as const;
const versions = ['2012-10-17', '2008-10-17'] as const;

/**
 * Reads a policy by AWS's grammar and says every place where it departs from it (at most 100). It throws at nothing; a text
 * that no policy of AWS could be as long as is refused unread.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): ParsedPolicy {
  const { node, fault } = parseJson(text);
  if (fault) return { findings: [faultFinding(text, fault)] };
  const reader = new GrammarReader(text);
  const policy = readPolicy(reader, node, text);
  return reader.findings.length === 0 && policy ? { policy, findings: [] } : { findings: reader.findings };
}

/** The same for a document that is an object already. */
export function policyFrom(document: PolicyDocument): ParsedPolicy {
  return parsePolicy(JSON.stringify(document, null, 2));
}

function faultFinding(text: string, fault: { reason: 'json-syntax' | 'too-deep' | 'too-large'; offset: number }) {
  return {
    id: fault.reason,
    severity: 'error',
    pointer: '',
    position: sourcePosition(text, fault.offset),
    details: { near: text.slice(fault.offset, fault.offset + 20) },
  } satisfies GrammarFinding;
}

function readPolicy(reader: GrammarReader, node: JsonNode, text: string): Policy | undefined {
  const members = reader.readObject(node, '', policyElements);
  if (!members) return undefined;
  const version = reader.readOptionalString(members.Version, '/Version');
  if (version !== undefined && !isOneOf(versions, version)) {
    reader.add('invalid-version', '/Version', members.Version, { value: version });
  }
  const id = reader.readOptionalString(members.Id, '/Id');
  if (!members.Statement) {
    reader.add('missing-element', '', node, { element: 'Statement' });
    return undefined;
  }
  const statements = readStatements(reader, members.Statement);
  const offsets = pointerOffsets(node);
  return {
    version: version === '2012-10-17' ? version : '2008-10-17',
    isVersionWritten: version !== undefined,
    ...(id === undefined ? {} : { id }),
    statements,
    positionOf: (pointer) => sourcePosition(text, offsets(pointer)),
    text,
  };
}

/** One statement may stand without its list. */
function readStatements(reader: GrammarReader, node: JsonNode): PolicyStatement[] {
  const items = node.kind === 'array' ? node.items : [node];
  if (items.length === 0) reader.add('empty-list', '/Statement', node, { element: 'Statement' });
  const statements: PolicyStatement[] = [];
  for (const [index, item] of items.entries()) {
    if (reader.isFull) break;
    const pointer = node.kind === 'array' ? `/Statement/${index}` : '/Statement';
    const statement = readStatement(reader, item, { index, pointer });
    if (statement) statements.push(statement);
  }
  return statements;
}
