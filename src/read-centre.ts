import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { type Centre, centreSchema } from './domain/centre.ts';
import { fullName, type Office, officesSchema, type Places, placesSchema } from './domain/places.ts';
import { AppError } from './errors.ts';

/**
 * Reads the centre's settings from `CENTRE_FILE`, and the files of its province's directory that it names.
 * @throws AppError `config-invalid`, naming every field that is wrong.
 */
export async function readCentre(path: string): Promise<Centre> {
  const advice = "Write the path of a centre's YAML file.";
  const settings = await readSettings(
    { path, name: 'CENTRE_FILE', what: "The centre's file", advice },
    centreSchema,
  );
  const { places: placesFile, offices: officesFile, ...centre } = settings;
  const places = placesFile ? await readPlaces(resolve(dirname(path), placesFile)) : undefined;
  const offices = officesFile ? await readOffices(resolve(dirname(path), officesFile), places) : undefined;
  return { ...centre, ...(places && { places }), ...(offices && { offices }) };
}

const NAMED_BY_CENTRE = "The centre's file names it; its path is relative to that file.";

function readPlaces(path: string): Promise<Places> {
  const file = { path, name: 'The file of places', what: 'The file of places', advice: NAMED_BY_CENTRE };
  return readSettings(file, placesSchema);
}

/** An office belongs to a unit of the places' file, where there is one. */
async function readOffices(path: string, places: Places | undefined): Promise<Office[]> {
  const file = { path, name: 'The office directory', what: 'The office directory', advice: NAMED_BY_CENTRE };
  const { offices } = await readSettings(file, officesSchema);
  const units = places && new Set(places.units.map(({ unit }) => fullName(unit)));
  const faults = offices.flatMap(({ unit }, i) =>
    units && !units.has(fullName(unit))
      ? [`offices.${i}.unit: không có ${fullName(unit)} trong tệp đơn vị hành chính`]
      : [],
  );
  if (faults.length > 0) throw invalid(file, faults);
  return offices;
}

type SettingsFile = { path: string; name: string; what: string; advice: string };

async function readSettings<T>(file: SettingsFile, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await readYaml(file));
  if (parsed.success) return parsed.data;
  throw invalid(
    file,
    parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  );
}

function invalid({ path, what }: SettingsFile, faults: readonly string[]): AppError {
  return new AppError('config-invalid', `${what} ${path} is not valid.\n  ${faults.join('\n  ')}`);
}

async function readYaml({ path, name, advice }: SettingsFile): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('config-invalid', `${name} ${path} cannot be read: ${reason}. ${advice}`, { cause });
  }
}
