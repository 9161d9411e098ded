import { type CsvRecord, describeFault, PlainRowCheck, type TableHeader } from '@hikyaku/datasets/reading';
import type { ColumnDefinition, PreflightFault, ReadingRules, RejectCode } from '@hikyaku/types';
import type { CellFault } from './cells/cell-fault.ts';
import { cellHint } from './cells/cell-hint.ts';
import { keyPart } from './cells/key-part.ts';
import { type TypeCheck, typeCheck } from './cells/type-check.ts';
import { type ValueCheck, valueCheck } from './cells/value-check.ts';
import { cellText } from './reading/cell-text.ts';

const longestValueCharacters = 200;

/** What the worker will make of a row: its rejects, none for a sound one; `undecided` where the database alone knows. */
export type RowVerdict = readonly PreflightFault[] | 'undecided';

interface JudgedColumn {
  definition: ColumnDefinition;
  field: number;
  /** The header cell, as rejects name it. */
  cell: string;
  checkType: TypeCheck;
  checkValue: ValueCheck | undefined;
}

const sound: RowVerdict = [];

/**
 * Judges rows as the worker does: what a line is wrong with as a record, then the type of every cell, and only of rows whose
 * types are all sound the values.
 */
export class RowJudge {
  readonly #plain: PlainRowCheck;
  readonly #columns: JudgedColumn[];
  readonly #valued: JudgedColumn[];
  readonly #key: { field: number; part: (text: string) => string }[] | undefined;

  constructor(header: TableHeader, rules: ReadingRules) {
    this.#plain = new PlainRowCheck(header, rules);
    this.#columns = header.columns.map(({ definition, field, cell }) => ({
      definition,
      field,
      cell,
      checkType: typeCheck(definition, rules),
      checkValue: valueCheck(definition, rules.timeZone),
    }));
    this.#valued = this.#columns.filter(({ checkValue }) => checkValue !== undefined);
    const key = this.#columns.filter(({ definition }) => rules.primaryKey.includes(definition.name));
    const isWhole = key.length > 0 && key.length === rules.primaryKey.length;
    this.#key = isWhole
      ? key.map(({ field, definition }) => ({ field, part: keyPart(definition.type, rules.timeZone) }))
      : undefined;
  }

  judge(record: CsvRecord): RowVerdict {
    if (isFaulty(record)) return [this.#describe(record)];
    if (!this.#plain.isPlain(record)) {
      const faults = this.#columns.flatMap((column) => {
        const text = cellText(record, column.field);
        const found = column.checkType(text);
        return found ? [cellFault(record, column, text, found)] : [];
      });
      if (faults.length > 0) return faults;
    }
    return this.#valued.length === 0 ? sound : this.#judgeValues(record);
  }

  /** The same for rows with the same key; undefined where there is none. Only of a sound row. */
  keyOf(record: CsvRecord): string | undefined {
    return this.#key?.map(({ field, part }) => part(cellText(record, field))).join('\0');
  }

  #judgeValues(record: CsvRecord): RowVerdict {
    const faults: PreflightFault[] = [];
    let isUndecided = false;
    for (const column of this.#valued) {
      const text = cellText(record, column.field);
      if (text === '' || !column.checkValue) continue;
      const verdict = column.checkValue(text);
      if (verdict === 'undecided') isUndecided = true;
      else if (verdict !== 'sound') faults.push(cellFault(record, column, text, verdict));
    }
    return isUndecided && faults.length === 0 ? 'undecided' : faults;
  }

  #describe(record: CsvRecord & { fault: RejectCode }): PreflightFault {
    const { code, field, value, details } = describeFault(record);
    const column = this.#columns.find((candidate) => candidate.field === field);
    return { lineNumber: record.lineNumber, column: column?.cell ?? null, code, value, details, hint: null };
  }
}

function cellFault(
  record: CsvRecord,
  column: JudgedColumn,
  text: string,
  { code, details }: CellFault,
): PreflightFault {
  const hint = cellHint(text, column.definition, column.checkType) ?? null;
  return { lineNumber: record.lineNumber, column: column.cell, code, value: shorten(text), details, hint };
}

function shorten(text: string): string {
  if (text.length <= longestValueCharacters) return text;
  const characters = Array.from(text.slice(0, longestValueCharacters * 2));
  if (characters.length <= longestValueCharacters) return text;
  return `${characters.slice(0, longestValueCharacters - 1).join('')}…`;
}

function isFaulty(record: CsvRecord): record is CsvRecord & { fault: RejectCode } {
  return record.fault !== undefined;
}
