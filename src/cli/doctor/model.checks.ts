// Doctor checks of the model bundle and the execution providers.
import type { Config, ExecutionChoice } from '../../config.js';
import { StartupError } from '../../errors.js';
import { loadBundle, type Bundle } from '../../inference/bundle.js';
import { startEncoders } from '../../inference/encoders.js';
import type { Finding } from './finding.js';

type ModelConfig = Pick<Config, 'bundleDir' | 'execution' | 'inferenceThreads'>;

/** Checks the files of the bundle, then runs both encoders on every execution provider. */
export async function checkModel(config: ModelConfig): Promise<Finding[]> {
  try {
    const bundle = await loadBundle(config.bundleDir);
    const { dimensions, text, image } = bundle.manifest;
    const found = `${bundle.id}: files complete, ${text.encoder} + ${image.encoder}, ${dimensions} dimensions`;
    return [{ subject: 'model', verdict: 'ok', found }, ...(await checkExecution(bundle, config))];
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return [{ subject: 'model', verdict: 'wrong', found: error.message }];
  }
}

async function checkExecution(bundle: Bundle, config: ModelConfig): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const execution of ['cpu', 'webgpu', 'cuda'] as const) {
    const failure = await failureOn(bundle, execution, config.inferenceThreads);
    const isConfigured = config.execution === execution;
    findings.push({
      subject: execution,
      // a provider that is not configured may be missing, because `auto` uses another one
      verdict: failure === null ? 'ok' : isConfigured || execution === 'cpu' ? 'wrong' : 'note',
      found: failure === null ? 'both encoders run' : firstLine(failure),
      advice: isConfigured && failure !== null ? failure.split('\n').slice(1).join('\n') : undefined,
    });
  }
  return findings;
}

async function failureOn(bundle: Bundle, execution: ExecutionChoice, threads: number): Promise<string | null> {
  try {
    const encoders = await startEncoders(bundle, { execution, threads });
    await encoders.close();
    return null;
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return error.message;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
