// Entry point of an inference thread: opens its models once and computes batches.
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { runPixels, runTokens } from './encoder.run.js';
import { openHead } from './head.model.js';
import { openModel, type OutputTensors, runAttention, SMALL } from './session.js';
import type { Task, TaskResult, ThreadSetup } from './task.js';
import { WordTokenizer } from './tokenizer.js';

const setup = workerData as ThreadSetup;
const models = openModels();
// The first task reports a failure to open. Until then the rejection must not end the thread.
models.catch(() => undefined);
// The thread reports ready after this line: a replacement takes no task before its models are open.
await models.catch(() => undefined);

export default async function compute(task: Task): Promise<TaskResult> {
  try {
    return { outputs: await outputsOf(task) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function outputsOf(task: Task): Promise<OutputTensors> {
  const { tokenizer, text, image, head, attention } = await models;
  switch (task.kind) {
    case 'words':
      return runTokens(
        text!,
        task.texts.map((text) => tokenizer!.encode(text)),
        setup.text!,
      );
    case 'pictures':
      return runPixels(image!, task.pixels, setup.image!);
    case 'head':
      return head!(task.features);
    case 'attention':
      return runAttention(attention!, task);
  }
}

async function openModels() {
  const open = (model: { file: string } | null, options = setup.options) =>
    model && openModel(join(setup.dir, model.file), options);
  const [tokenizer, text, image, head, attention] = await Promise.all([
    setup.text && WordTokenizer.load(setup.dir, setup.text),
    open(setup.text),
    open(setup.image),
    setup.head && openHead(setup.dir, setup.head.model, setup.head.dimensions),
    open(setup.attention, SMALL),
  ]);
  return { tokenizer, text, image, head, attention };
}
