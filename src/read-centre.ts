import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { type Centre, centreSchema } from './domain/centre.ts';
import { AppError } from './errors.ts';

/**
 * Reads the centre's settings from `CENTRE_FILE`.
 * @throws AppError `config-invalid`, naming every field that is wrong.
 */
export async function readCentre(path: string): Promise<Centre> {
  const parsed = centreSchema.safeParse(await readYaml(path));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new AppError('config-invalid', `The centre's file ${path} is not valid.\n  ${faults.join('\n  ')}`);
}

async function readYaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'config-invalid',
      `CENTRE_FILE ${path} cannot be read: ${reason}. Write the path of a centre's YAML file.`,
      { cause },
    );
  }
}
