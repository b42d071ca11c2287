import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler, type Response } from 'express';
import { AppError } from '../errors.ts';
import { methodNotAllowed } from './mount-routes.ts';

/** The pages and files that the build makes, and the addresses they have. */
export const WEB_PATHS = ['/', '/widget.js', '/console', '/console/*path'] as const;

/** The chat page at `/`, the widget, the console (one page for all its addresses) and what they load. */
export function mountWebFiles(app: Express, webDir: string): void {
  const page = (path: string, file: string, prepare: (response: Response) => void) => {
    app
      .route(path)
      .get(name(path), sendBuilt(join(webDir, file), prepare))
      .all(methodNotAllowed(['GET', 'HEAD']));
  };
  page('/', 'chat/index.html', alwaysAskAgain);
  page('/widget.js', 'widget.js', loadableFromAnySite);
  page('/console', 'console/index.html', alwaysAskAgain);
  page('/console/*path', 'console/index.html', alwaysAskAgain);
  app.use('/assets', hashedAssets(join(webDir, 'assets')));
}

function sendBuilt(file: string, prepare: (response: Response) => void): RequestHandler {
  return (_request, response, next) => {
    if (!existsSync(file)) throw new AppError('web-not-built', `${file} is missing: run \`npm run build\`.`);
    prepare(response);
    // `dotfiles`: the build lies in a folder whose name begins with a dot.
    response.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, error => error && next(error));
  };
}

/** With its ETag, so that an unchanged page costs a few bytes and a new one is seen at once. */
function alwaysAskAgain(response: Response): void {
  response.set('Cache-Control', 'no-cache');
}

function loadableFromAnySite(response: Response): void {
  response.set({
    'Cache-Control': 'public, max-age=300, stale-while-revalidate=86400',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  });
}

/** Their names hold a hash of their content: what has a name never changes. */
function hashedAssets(folder: string): RequestHandler {
  return express.static(folder, { immutable: true, maxAge: '365d', index: false, redirect: false });
}

function name(path: string): RequestHandler {
  return (_request, response, next) => {
    response.locals.route = path;
    next();
  };
}
