import type { Decision, StatementReference } from '../evaluate/decision.ts';
import type { PolicyLayer } from '../evaluate/layer.ts';
import type { ChangeStep } from '../explain/change.ts';
import type { Explanation, StatementFailure, StatementTrace } from '../explain/explanation.ts';
import { explanationTexts, type Words } from './explanation-texts.ts';
import type { Language } from './language.ts';
import { layerName } from './layer-name.ts';

/** An explanation in words; each part is whole sentences or a line of a list. */
export interface ExplanationText {
  answer: string;
  because: string;
  /** In the order of the explanation: the deciding statement first. */
  statements: readonly { name: string; text: string }[];
  change?: { intro: string; steps: readonly string[]; warnings: readonly string[] };
}

export function describeExplanation(explanation: Explanation, language: Language): ExplanationText {
  const { request, decision, statements, change } = explanation;
  const speaker = new Speaker(language, request.action);
  const texts = explanationTexts[language];
  return {
    answer: texts.answers[decision.outcome],
    because: speaker.because(decision),
    statements: statements.map((trace) => ({ name: speaker.nameOf(trace.at), text: speaker.trace(trace) })),
    ...(change
      ? {
          change: {
            intro: texts.changes.intro[change.outcome],
            steps: change.steps.map((step) => speaker.step(step)),
            warnings: change.warnings.map((warning) => texts.warnings[warning]),
          },
        }
      : {}),
  };
}

/** The same as one text of several lines, for a terminal or a log. */
export function renderExplanation(explanation: Explanation, language: Language): string {
  const { answer, because, statements, change } = describeExplanation(explanation, language);
  const { headings } = explanationTexts[language];
  const lines = [language === 'ja' ? `${answer}${because}` : `${answer} ${because}`];
  if (change) {
    lines.push('', change.intro, ...change.steps.map((step) => `- ${step}`));
    lines.push(...change.warnings.map((warning) => `${headings.warnings} ${warning}`));
  }
  if (statements.length > 0) {
    lines.push('', headings.statements, ...statements.map(({ name, text }) => `- ${name}: ${text}`));
  }
  return lines.join('\n');
}

class Speaker {
  readonly #language: Language;
  readonly #action: string;

  constructor(language: Language, action: string) {
    this.#language = language;
    this.#action = action;
  }

  get #texts() {
    return explanationTexts[this.#language];
  }

  because(decision: Decision): string {
    const words: Words = {
      layer: 'layer' in decision && decision.layer ? this.#layer(decision.layer) : '',
      statement: 'by' in decision && decision.by ? this.nameOf(decision.by) : '',
      grant: 'grantId' in decision ? decision.grantId : '',
    };
    if (decision.outcome === 'Allowed') return upperFirst(this.#texts.allowReasons[decision.reason](words));
    if (decision.outcome === 'ExplicitlyDenied') return this.#texts.denyStatement(words);
    return this.#texts.implicitReasons[decision.reason](words);
  }

  nameOf({ layer, policyName, statement }: StatementReference): string {
    const { sid, index } = statement;
    const own = sid ? `"${sid}"` : this.#texts.unnamedStatement(index + 1);
    return this.#texts.statementName(
      policyName,
      this.#layer(layer),
      this.#language === 'ja' && sid ? `「${sid}」` : own,
    );
  }

  trace({ failures, match, at }: StatementTrace): string {
    const { matched } = this.#texts;
    if (failures.length > 0) {
      return failures.map((failure) => this.#failure(failure)).join(this.#language === 'ja' ? '。' : '; ');
    }
    if (at.statement.effect === 'Deny') return matched.deny;
    return match === 'parent' || match === 'account' ? matched[match] : matched.allow;
  }

  step(step: ChangeStep): string {
    const { changes } = this.#texts;
    switch (step.kind) {
      case 'add-statement':
        return changes.addStatement(this.#layer(step.layer), JSON.stringify(step.statement));
      case 'add-value':
        return changes.addValue(this.nameOf(step.at), step.element, step.value);
      case 'remove-statement':
        return changes.removeStatement(this.nameOf(step.at));
      default:
        return changes.changeRequest(step.key, step.value);
    }
  }

  #failure(failure: StatementFailure): string {
    const { failures } = this.#texts;
    switch (failure.element) {
      case 'Action':
      case 'NotAction':
        return failures.action(failure.element, failure.requested);
      case 'Resource':
      case 'NotResource':
        return failures.resource(failure.element, failure.requested);
      case 'Principal':
      case 'NotPrincipal':
        return failure.isMissing ? failures.noPrincipal : failures.principal(failure.element, failure.requested);
      default: {
        const { operator, key, values } = failure.condition;
        const wanted = values.map(({ value }) => value).join(', ');
        return failures.condition(operator.name, key, wanted, failure.requested?.join(', '));
      }
    }
  }

  #layer(layer: PolicyLayer): string {
    return layerName(layer, this.#action, this.#language);
  }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
