import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Command } from '../shell/command.tsx';
import type { ApiDocument, ApiOperation, ApiSchema } from './api-document.ts';
import styles from './developers-page.module.css';

/** One route: what it does, what it takes and gives, how it can fail, and a command to copy. */
export function OperationDetails({ method, path, operation, api }: OperationDetailsProps) {
  const translate = useTranslations('developers');
  const id = useId();
  const body = operation.requestBody?.content['application/json']?.schema;
  const input = [
    ...operation.parameters.map(({ name, required, description, schema }) => ({ name, required, description, schema })),
    ...fieldsOf(body, api),
  ];
  const answer = Object.values(operation.responses).find(({ content }) => content['application/json']);
  return (
    <section className={styles.operation} aria-labelledby={id}>
      <h3 id={id} className={styles.summary}>
        {operation.summary}
      </h3>
      <p className={styles.route} translate="no">
        <code>
          <strong>{method}</strong> {path}
        </code>
        {operation['x-scope'] && <span className={styles.scope}>{operation['x-scope']}</span>}
      </p>
      {operation.description && <p className={styles.description}>{operation.description}</p>}
      <Command label={operation.summary} text={operation['x-example']} />
      <Fields title={translate('input')} fields={input} />
      <Fields title={translate('output')} fields={fieldsOf(answer?.content['application/json']?.schema, api)} />
      <details className={styles.fold}>
        <summary>{translate('answers')}</summary>
        <dl className={styles.fields}>
          {Object.entries(operation.responses).map(([status, { description, 'x-codes': codes }]) => (
            <div key={status} className={styles.field}>
              <dt>
                <code translate="no">{status}</code>
              </dt>
              <dd>{codes ? codes.map((code) => <ProblemLink key={code} code={code} />) : description}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

interface OperationDetailsProps {
  method: string;
  path: string;
  operation: ApiOperation;
  api: ApiDocument;
}

interface Field {
  name: string;
  required: boolean;
  description: string | undefined;
  schema: ApiSchema;
}

function ProblemLink({ code }: { code: string }) {
  return (
    <a href={`#${code}`} className={styles.code} translate="no">
      {code}
    </a>
  );
}

function Fields({ title, fields }: { title: string; fields: readonly Field[] }) {
  const translate = useTranslations('developers');
  if (fields.length === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>{title}</summary>
      <dl className={styles.fields}>
        {fields.map(({ name, required, description, schema }) => (
          <div key={name} className={styles.field}>
            <dt>
              <code translate="no">{name}</code>
              <span className={styles.quiet} translate="no">
                {typeOf(schema)}
              </span>
            </dt>
            <dd>
              {description} {!required && <span className={styles.quiet}>{translate('optional')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function fieldsOf(schema: ApiSchema | undefined, api: ApiDocument): Field[] {
  const resolved = schema?.$ref ? api.components.schemas[nameOf(schema.$ref)] : schema;
  return Object.entries(resolved?.properties ?? {}).map(([name, property]) => ({
    name,
    required: resolved?.required?.includes(name) ?? false,
    description: property.description,
    schema: property,
  }));
}

function typeOf(schema: ApiSchema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.items) return `${typeOf(schema.items)}[]`;
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  return schema.format ?? schema.type ?? 'string';
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
