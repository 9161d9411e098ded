import type { SourcePosition } from '../json/source-position.ts';
import type { ConditionOperator } from './condition-operator.ts';

/** A policy as it was read: everything a list, every value with its place. Made by `parsePolicy`. */
export interface Policy {
  /** Where none is written it is the older one, which knows no variables. */
  version: '2012-10-17' | '2008-10-17';
  isVersionWritten: boolean;
  id?: string;
  statements: readonly PolicyStatement[];
  /** Where a pointer of this policy stands in its text. */
  positionOf(pointer: string): SourcePosition;
  /** The text it was read from. */
  text: string;
}

export interface PolicyStatement {
  /** From 0, in the order of the text. */
  index: number;
  pointer: string;
  sid?: string;
  effect: 'Allow' | 'Deny';
  principals?: PrincipalElement;
  actions: ListElement;
  /** Absent in a trust policy, where the role itself is meant. */
  resources?: ListElement;
  conditions: readonly ConditionElement[];
}

/** A value with its place. */
export interface PolicyValue {
  value: string;
  pointer: string;
}

/** `Action`, `NotAction`, `Resource` or `NotResource`. */
export interface ListElement {
  name: 'Action' | 'NotAction' | 'Resource' | 'NotResource';
  isNegated: boolean;
  values: readonly PolicyValue[];
  pointer: string;
}

export const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
type PrincipalType = (typeof principalTypes)[number];

export interface PrincipalElement {
  name: 'Principal' | 'NotPrincipal';
  isNegated: boolean;
  /** `"*"` is `{ type: 'AWS', value: '*' }`: for AWS they mean the same. */
  values: readonly (PolicyValue & { type: PrincipalType })[];
  pointer: string;
}

/** One key of one operator: all of them have to be met. */
export interface ConditionElement {
  operator: ConditionOperator;
  /** As written. */
  key: string;
  values: readonly PolicyValue[];
  pointer: string;
}
